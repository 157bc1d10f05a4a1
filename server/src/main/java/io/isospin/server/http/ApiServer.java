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
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.extension.Versions;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.store.StoreException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The API on a socket: requests in, answers out, and every failure in its form. */
public final class ApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());
    /** What requests under way may still take when the server ends. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final long LARGEST_BODY = 16L << 20;

    private final Handler api;
    private final Authenticator authenticator;
    private final String keystone;
    private final WebServer server;

    /**
     * @param keystone where a client gets a token, for the header of a 401
     * @param agents answers what agents ask
     */
    public ApiServer(
            String host, int port, Handler api, Authenticator authenticator, String keystone, AgentRoutes agents) {
        this.api = api;
        this.authenticator = authenticator;
        this.keystone = keystone;
        this.server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .maxPayloadSize(LARGEST_BODY)
                // A long answer leaves in several writes: Nagle would hold the last until the client's delayed
                // acknowledgement, 40 ms later.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing -> route(routing, agents))
                .build();
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
        Response response;
        try {
            response = answer(in);
        } catch (ApiError e) {
            if (e instanceof NotAuthorized) {
                out.header(HeaderNames.WWW_AUTHENTICATE, "Keystone uri=\"" + keystone + "\"");
            }
            response = Errors.response(e);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, id + ": " + e.getMessage(), e);
            response = Errors.response(503, "ServiceUnavailable", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    id + ": " + in.prologue().method().text() + " " + in.path().rawPath(),
                    e);
            response = Errors.internal();
        }
        out.status(Status.create(response.status()));
        if (response.body().isEmpty()) {
            out.send();
        } else {
            out.header(HeaderNames.CONTENT_TYPE, "application/json");
            out.send(response.body().getBytes(StandardCharsets.UTF_8));
        }
        if (Requests.header(in, "Connection").filter("close"::equalsIgnoreCase).isPresent()) {
            // Helidon 4.5.0 promises to close and then waits for the next request, until the connection is idle too
            // long.
            throw new CloseConnectionException("the client asked for it");
        }
    }

    private Response answer(ServerRequest in) {
        String path = in.path().rawPath();
        String method = in.prologue().method().text();
        String base = Requests.base(in);
        if (path.equals("/") || path.isEmpty()) {
            return onlyGet(method, Versions.versions(base));
        }
        if (path.equals("/healthcheck")) {
            return onlyGet(method, new Response(200, "\"OK\""));
        }
        if (!path.startsWith("/v2.0/")) {
            throw NotFound.page();
        }
        var caller = authenticator.authenticate(name -> Requests.header(in, name));
        if (path.equals("/v2.0/")) {
            return onlyGet(method, Versions.resources(base));
        }
        Request request = Requests.of(in, base, caller);
        return api.handle(request);
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
