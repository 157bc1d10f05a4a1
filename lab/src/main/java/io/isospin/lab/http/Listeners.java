package io.isospin.lab.http;

import io.helidon.http.Header;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sockets of all services, in one web server. */
public final class Listeners implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    /** Where a service listens; port 0 is any free one. */
    public record Door(String name, String host, int port, Service service) {}

    private final WebServer server;

    private Listeners(WebServer server) {
        this.server = server;
    }

    /** Opens all doors. The first one must not be the only owner of its name: names differ. */
    public static Listeners open(List<Door> doors) {
        var builder = WebServer.builder().shutdownHook(false).shutdownGracePeriod(Duration.ofMillis(100));
        // The web server always has a default socket, which the first door takes.
        var first = doors.getFirst();
        builder.host(first.host()).port(first.port()).routing(routing(first.service()));
        for (var door : doors.subList(1, doors.size())) {
            builder.putSocket(
                    door.name(),
                    ListenerConfig.builder()
                            .host(door.host())
                            .port(door.port())
                            .shutdownGracePeriod(Duration.ofMillis(100))
                            .routing(routing(door.service()))
                            .buildPrototype());
        }
        return new Listeners(builder.build().start());
    }

    /** The port of the first door. */
    public int port() {
        return server.port();
    }

    public int port(String door) {
        return server.port(door);
    }

    @Override
    public void close() {
        server.stop();
    }

    private static HttpRouting.Builder routing(Service service) {
        return HttpRouting.builder()
                .any((request, response) -> send(answer(service, read(request)), request, response));
    }

    private static Answer answer(Service service, Call call) {
        try {
            return service.answer(call);
        } catch (Refusal refusal) {
            return service.refused(call, refusal);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "cannot answer " + call.method() + " " + call.path(), e);
            return service.refused(
                    call,
                    new Refusal(
                            500,
                            "Unexpected API Error. The lab's log has the details of this "
                                    + e.getClass().getSimpleName() + "."));
        }
    }

    private static Call read(ServerRequest request) {
        var query = new LinkedHashMap<String, List<String>>();
        request.query().names().forEach(name -> query.put(name, request.query().all(name)));
        var headers = new LinkedHashMap<String, String>();
        for (Header header : request.headers()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), String.join(",", header.allValues()));
        }
        headers.putIfAbsent("host", request.authority());
        String path = request.path().path();
        String method = request.prologue().method().text();
        if (!request.content().hasEntity()) {
            return new Call(method, path, query, headers, Map.of(), "");
        }
        if (headers.getOrDefault("content-type", "").startsWith("application/octet-stream")) {
            return new Call(
                    method,
                    path,
                    query,
                    headers,
                    Map.of(),
                    "",
                    request.content().inputStream());
        }
        return new Call(
                method, path, query, headers, Map.of(), request.content().as(String.class));
    }

    private static void send(Answer answer, ServerRequest request, ServerResponse response) {
        response.status(answer.status());
        answer.headers().forEach((name, value) -> response.header(name, value));
        if (answer.file() != null) {
            send(answer.file(), response);
        } else if (answer.body().isEmpty() || request.prologue().method().text().equals("HEAD")) {
            response.send();
        } else {
            response.send(answer.body().getBytes(answer.charset()));
        }
    }

    private static void send(Path file, ServerResponse response) {
        try {
            response.contentLength(Files.size(file));
            try (var out = response.outputStream()) {
                Files.copy(file, out);
            }
        } catch (IOException e) {
            // The status is on its way: that the connection ends early is what the client is told.
            throw new UncheckedIOException("sending " + file, e);
        }
    }
}
