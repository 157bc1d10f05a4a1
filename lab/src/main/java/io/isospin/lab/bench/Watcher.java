package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a collection of one server with {@code watch=true}, and keeps what it is told. */
final class Watcher implements AutoCloseable {
    private static final Set<String> CHANGES = Set.of("exists", "created", "updated", "deleted");

    private final String member;
    private final int port;
    private final HttpURLConnection connection;
    private final List<JsonNode> events = new ArrayList<>();
    private final Thread thread;

    private Watcher(String member, int port, HttpURLConnection connection) {
        this.member = member;
        this.port = port;
        this.connection = connection;
        this.thread = Thread.ofPlatform().daemon().unstarted(this::read);
    }

    static Watcher start(RunningServer server, String member) throws IOException {
        var url = URI.create("http://127.0.0.1:" + server.port() + "/v2.0/" + member + "s?watch=true")
                .toURL();
        var watcher = new Watcher(member, server.port(), (HttpURLConnection) url.openConnection());
        watcher.thread.start();
        return watcher;
    }

    String member() {
        return member;
    }

    int port() {
        return port;
    }

    private void read() {
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var event = JsonMapper.shared().readTree(line);
                if (CHANGES.contains(event.path("type").asString())) {
                    synchronized (events) {
                        events.add(event);
                    }
                }
            }
        } catch (IOException ended) {
            System.err.println("the stream of " + member + "s on port " + port + " ends: " + ended.getMessage());
        }
    }

    List<JsonNode> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Waits until what it was told comes to what a list shows. */
    void awaitAll(JsonNode list, Duration patience) throws InterruptedException {
        var wanted = list.valueStream().map(one -> one.path("id").asString()).collect(Collectors.toSet());
        long end = System.nanoTime() + patience.toNanos();
        while (!there().equals(wanted)) {
            if (System.nanoTime() > end) {
                throw new LabException(
                        "The watcher of " + member + "s on port " + port + " has not seen what is there");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Set<String> there() {
        var there = new HashSet<String>();
        for (var event : events()) {
            String id = event.path(member).path("id").asString();
            if (event.path("type").asString().equals("deleted")) {
                there.remove(id);
            } else {
                there.add(id);
            }
        }
        return there;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
