package io.isospin.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.isospin.core.host.HostJson;
import io.isospin.server.agent.Reports;
import io.isospin.server.api.ApiError;
import io.isospin.server.api.Response;
import io.isospin.server.feed.Feed;
import io.isospin.server.store.Origin;
import io.isospin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import tools.jackson.core.JacksonException;

/** What agents ask of the server: the stream of their host's state, and to take a report. */
public final class AgentRoutes {
    private static final System.Logger LOG = System.getLogger(AgentRoutes.class.getName());
    private static final long BEAT_MILLIS = 5_000;
    /** Some ten times what a host with ten thousand ports reports of itself at once. */
    private static final int LARGEST_REPORT = 32 << 20;
    /** In the answer to a report: the server wants all of the host's devices, {@code whole}, whatever it was told. */
    private static final HeaderName WIRING = HeaderNames.create("X-Isospin-Wiring");

    private final Feed feed;
    private final Reports reports;
    private final String secret;

    /** {@code secret}: the {@code [isospin] agent_secret}; where it is empty, no agent is let in. */
    public AgentRoutes(Feed feed, Reports reports, String secret) {
        this.feed = feed;
        this.reports = reports;
        this.secret = secret;
    }

    void report(ServerRequest in, ServerResponse out) {
        if (!letIn(in, out)) {
            return;
        }
        try {
            var report = HostJson.report(body(in));
            boolean wanting = Origin.agent(report.host()).of(() -> reports.take(report));
            if (wanting) {
                out.header(WIRING, "whole");
            }
            out.status(Status.NO_CONTENT_204).send();
        } catch (ApiError e) {
            send(out, Errors.response(e));
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "a report cannot be stored: " + e.getMessage());
            send(out, Errors.response(503, "ServiceUnavailable", String.valueOf(e.getMessage())));
        } catch (JacksonException | IllegalArgumentException e) {
            send(out, Errors.response(400, "HTTPBadRequest", "not a report: " + e.getMessage()));
        }
    }

    void feed(ServerRequest in, ServerResponse out) {
        if (!letIn(in, out)) {
            return;
        }
        String host = in.path().pathParameters().get("host");
        var query = Requests.query(in.query().rawValue());
        String store = query.getOrDefault("store", List.of("")).getLast();
        long revision = number(query.getOrDefault("revision", List.of("0")).getLast());
        var subscriber = feed.subscribe(host, store, revision);
        LOG.log(Level.INFO, "the agent on {0} follows", host);
        out.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        try (var stream = out.outputStream()) {
            while (!subscriber.isCut()) {
                for (var message : subscriber.next(BEAT_MILLIS)) {
                    stream.write(HostJson.bytes(message));
                    stream.write('\n');
                }
                stream.flush();
            }
            LOG.log(Level.INFO, "the stream to the agent on {0} ends here; it will resume", host);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.INFO, "the agent on {0} no longer follows: {1}", host, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.unsubscribe(subscriber);
        }
    }

    private static byte[] body(ServerRequest in) {
        try (var body = in.content().inputStream()) {
            byte[] bytes = body.readNBytes(LARGEST_REPORT + 1);
            if (bytes.length > LARGEST_REPORT) {
                throw new IllegalArgumentException("it is larger than " + LARGEST_REPORT + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private boolean letIn(ServerRequest in, ServerResponse out) {
        String given = Requests.header(in, "X-Isospin-Agent-Secret").orElse("");
        boolean right = !secret.isEmpty()
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
        if (!right) {
            send(
                    out,
                    Errors.response(
                            401,
                            "Unauthorized",
                            "The agent's secret is not the server's: [isospin] agent_secret must be set, and the same,"
                                    + " in the files of both."));
        }
        return right;
    }

    private static void send(ServerResponse out, Response response) {
        out.status(Status.create(response.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(response.body().getBytes(StandardCharsets.UTF_8));
    }
}
