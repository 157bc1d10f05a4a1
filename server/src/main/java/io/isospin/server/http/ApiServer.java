package io.isospin.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.isospin.core.net.ResourceId;
import io.isospin.server.api.ApiError;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotAuthorized;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Response;
import io.isospin.server.dashboard.Dashboard;
import io.isospin.server.dashboard.SessionCookie;
import io.isospin.server.extension.Versions;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.openapi.Published;
import io.isospin.server.store.Origin;
import io.isospin.server.store.StoreException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** The API on a socket: requests in, answers out, and every failure in its form. */
public final class ApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());
    /** What requests under way may still take when the server ends. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** What another service calls the request that this one is part of. */
    private static final Pattern REQUEST_ID = Pattern.compile("req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final int NOT_MODIFIED = 304;
    private static final int TOO_LARGE = 413;

    private final Handler api;
    private final Authenticator authenticator;
    private final Published description;
    private final DashboardRoutes dashboard;
    private final HttpSettings settings;
    private final WebServer server;

    /** {@code agents}: answers what agents ask. */
    public ApiServer(
            HttpSettings settings,
            Handler api,
            Authenticator authenticator,
            AgentRoutes agents,
            Published description,
            Dashboard dashboard) {
        this.description = description;
        this.dashboard = new DashboardRoutes(dashboard, settings.front());
        this.api = api;
        this.authenticator = authenticator;
        this.settings = settings;
        var builder = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                // A long answer leaves in several writes: Nagle would hold the last until the client's delayed
                // acknowledgement, 40 ms later.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .directHandlers(WireRefusals.all())
                .routing(routing -> route(routing, agents));
        if (settings.certificate() != null) {
            builder.tls(settings.certificate().tls());
        }
        this.server = builder.build();
    }

    private void route(HttpRouting.Builder routing, AgentRoutes agents) {
        routing.get("/isospin/agent/v1/hosts/{host}/feed", agents::feed)
                .post("/isospin/agent/v1/report", agents::report)
                .any(this::serve);
    }

    /** Listens; fails where the address cannot be had. */
    public void start() {
        server.start();
        // Helidon logs a listener that fails and goes on without it.
        if (!server.isRunning() || server.port() < 0) {
            throw new IllegalStateException("the address cannot be had; the log says why");
        }
    }

    public int port() {
        return server.port();
    }

    private void serve(ServerRequest in, ServerResponse out) {
        String id = "req-" + ResourceId.random();
        out.header("X-Openstack-Request-Id", id);
        serve(in, out, id);
        if (Requests.header(in, "Connection").filter("close"::equalsIgnoreCase).isPresent()) {
            // Helidon 4.5.0 promises to close and then waits for the next request, until the connection is idle too
            // long.
            throw new CloseConnectionException("the client asked for it");
        }
    }

    private void serve(ServerRequest in, ServerResponse out, String id) {
        String method = in.prologue().method().text();
        if (Dashboard.owns(in.path().rawPath())) {
            dashboard.serve(in, out);
            return;
        }
        if (method.equals("OPTIONS")) {
            settings.cors().preflight(name -> Requests.header(in, name)).forEach(out::header);
            out.status(Status.OK_200).send();
            return;
        }
        settings.cors().answer(name -> Requests.header(in, name)).forEach(out::header);
        if (in.path().rawPath().equals(Roots.HEALTH)) {
            var answer = settings.health()
                    .answer(method, Requests.header(in, "Accept").orElse(""));
            send(out, answer.status(), answer.type(), answer.body());
            return;
        }
        if (in.path().rawPath().equals(Roots.DESCRIPTION) && (method.equals("GET") || method.equals("HEAD"))) {
            describe(in, out, method);
            return;
        }
        var response = answered(in, out, id);
        response.headers().forEach(out::header);
        if (response.lines() != null) {
            LineStream.send(out, response.lines(), called(in, id));
            return;
        }
        LOG.log(Level.DEBUG, () -> called(in, id) + " " + response.status());
        // To HEAD nothing but the head, or a client would read the body as the next answer.
        send(out, response.status(), "application/json", method.equals("HEAD") ? "" : response.body());
        if (response.status() == TOO_LARGE) {
            throw new CloseConnectionException("the rest of the body is not read");
        }
    }

    private static void send(ServerResponse out, int status, String type, String body) {
        out.status(Status.create(status));
        if (body.isEmpty()) {
            out.send();
        } else {
            out.header(HeaderNames.CONTENT_TYPE, type);
            out.send(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Response answered(ServerRequest in, ServerResponse out, String id) {
        try {
            return answer(in, id);
        } catch (ApiError e) {
            if (e instanceof NotAuthorized) {
                out.header(HeaderNames.WWW_AUTHENTICATE, "Keystone uri=\"" + settings.keystone() + "\"");
            }
            return Errors.response(e);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, called(in, id) + ": " + e.getMessage(), e);
            return Errors.response(503, "ServiceUnavailable", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, called(in, id), e);
            return Errors.internal();
        }
    }

    /** What a request is called in the log: its id, that of the request of another service that led to it, and what it is. */
    private static String called(ServerRequest in, String id) {
        String global = Requests.header(in, "X-Openstack-Request-Id")
                .filter(given -> REQUEST_ID.matcher(given).matches())
                .map(given -> " (of " + given + ")")
                .orElse("");
        return id + global + " " + in.prologue().method().text() + " "
                + in.path().rawPath();
    }

    private Response answer(ServerRequest in, String id) {
        String path = in.path().rawPath();
        String method = in.prologue().method().text();
        String base = settings.front().base(in);
        if (path.equals("/") || path.isEmpty()) {
            return onlyGet(method, Versions.versions(base));
        }
        if (path.equals(Roots.DESCRIPTION)) {
            throw new MethodNotAllowed();
        }
        if (!path.startsWith(Roots.VERSION)) {
            throw NotFound.page();
        }
        var credentials = SessionCookie.over(name -> Requests.header(in, name));
        var caller = authenticator.authenticate(credentials);
        if (path.equals(Roots.VERSION)) {
            return onlyGet(method, Versions.resources(base));
        }
        var request = Requests.of(in, settings.front().link(base, path), settings.largestBody(), caller);
        return Origin.user(
                        caller.user(),
                        caller.values("user_name").stream().findFirst().orElse(""),
                        id)
                .of(() -> api.handle(request))
                .through(lines -> Vouched.by(authenticator, credentials, caller, lines));
    }

    /** A client that has it is told so; one that can unpack it gets a tenth of the bytes. */
    private void describe(ServerRequest in, ServerResponse out, String method) {
        var text = description.text();
        boolean packed = Requests.header(in, "Accept-Encoding")
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
        out.header(HeaderNames.ETAG, text.etag()).header(HeaderNames.VARY, "Accept-Encoding");
        if (Requests.header(in, "If-None-Match").filter(text.etag()::equals).isPresent()) {
            out.status(Status.create(NOT_MODIFIED)).send();
        } else if (method.equals("HEAD")) {
            out.send();
        } else if (packed) {
            out.header(HeaderNames.CONTENT_TYPE, "application/json")
                    .header(HeaderNames.CONTENT_ENCODING, "gzip")
                    .send(text.gzip());
        } else {
            send(out, Status.OK_200.code(), "application/json", text.json());
        }
    }

    private static Response onlyGet(String method, Response response) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new MethodNotAllowed();
        }
        return response;
    }

    @Override
    public void close() {
        server.stop();
    }
}
