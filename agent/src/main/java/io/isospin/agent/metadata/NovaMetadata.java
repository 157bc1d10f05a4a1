package io.isospin.agent.metadata;

import io.isospin.agent.config.MetadataConfig;
import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.tls.TlsClient;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Asks Nova in a guest's stead, saying whose request it is, and turns its answer into the guest's as Neutron does. */
public final class NovaMetadata {
    private static final System.Logger LOG = System.getLogger(NovaMetadata.class.getName());
    private static final int CONNECT_MILLIS = 5_000;
    /** As many answers of {@link Limits#answer} may be in memory at a time. */
    private static final int AT_A_TIME = 32;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
    private static final Set<Integer> HANDED_ON = Set.of(400, 404, 409, 502, 503, 504);
    private static final String AWAY = "The remote metadata server is temporarily unavailable. Please try again later.";
    private static final String UNKNOWN = "An unknown error has occurred. Please try your request again.";

    private final String origin;
    private final Signature signature;
    private final TlsClient tls;
    private final Limits limits;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    /** What was said last of Nova in the log; empty while it answers. */
    private final AtomicReference<String> trouble = new AtomicReference<>("");

    public NovaMetadata(MetadataConfig config) {
        this(config, Limits.STANDARD);
    }

    NovaMetadata(MetadataConfig config, Limits limits) {
        this.origin = config.origin();
        this.signature = new Signature(config.secret());
        this.tls = config.tls();
        this.limits = limits;
    }

    /** @param html whether the guest takes HTML for a refusal */
    Answer ask(Request request, IpAddress source, Unit.Reservation port, boolean html) {
        if (!METHODS.contains(request.method())) {
            return Answer.refusal(501, "This method has no meaning here.", html);
        }
        try {
            if (!turns.tryAcquire(limits.nova().toMillis(), TimeUnit.MILLISECONDS)) {
                return Answer.refusal(503, AWAY, html);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.refusal(503, AWAY, html);
        }
        try {
            return exchange(connect(request, source, port), request, html);
        } catch (IllegalArgumentException e) {
            return Answer.refusal(400, html); // a path that is no part of a URI
        } catch (SocketTimeoutException e) {
            troubled("Nova's metadata service at " + origin + " is silent; instances are answered with 504");
            return Answer.refusal(504, html);
        } catch (IOException e) {
            troubled("Nova's metadata service at " + origin + " can't be reached (" + e.getMessage()
                    + "); instances are answered with 503 until it can");
            return Answer.refusal(503, AWAY, html);
        } finally {
            turns.release();
        }
    }

    private HttpURLConnection connect(Request request, IpAddress source, Unit.Reservation port) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(origin + request.target()).toURL().openConnection();
        tls.secure(connection);
        connection.setRequestMethod(request.method());
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(Math.toIntExact(limits.nova().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("User-Agent", "neutron-metadata-agent");
        String instance = Optional.ofNullable(port.deviceId()).orElse("");
        connection.setRequestProperty("X-Forwarded-For", source.toString());
        connection.setRequestProperty("X-Instance-ID", instance);
        connection.setRequestProperty(
                "X-Tenant-ID", Optional.ofNullable(port.projectId()).orElse(""));
        connection.setRequestProperty("X-Instance-ID-Signature", signature.of(instance));
        boolean hasBody = request.method().equals("POST") || request.method().equals("PUT");
        if (hasBody) {
            request.header("content-type").ifPresent(type -> connection.setRequestProperty("Content-Type", type));
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(request.body().length);
            try (var out = connection.getOutputStream()) {
                out.write(request.body());
            }
        }
        return connection;
    }

    private Answer exchange(HttpURLConnection connection, Request request, boolean html) throws IOException {
        int status = connection.getResponseCode();
        if (status == 200) {
            trouble.set("");
            String type = Optional.ofNullable(connection.getContentType()).orElse("text/plain");
            if (request.method().equals("HEAD")) {
                return new Answer(200, type, Math.max(0, connection.getContentLengthLong()), new byte[0]);
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] body = in.readNBytes(limits.answer() + 1);
                if (body.length > limits.answer()) {
                    connection.disconnect();
                    troubled("Nova's metadata service answers with more than " + limits.answer() + " bytes");
                    return Answer.refusal(502, html);
                }
                return Answer.of(type, body);
            }
        }
        drain(connection);
        return refusal(status, html);
    }

    private Answer refusal(int status, boolean html) {
        if (status == 403) {
            troubled("Nova's metadata service at " + origin + " answers Forbidden; metadata_proxy_shared_secret is"
                    + " probably not the one in Nova's [neutron] section");
            return Answer.refusal(403, html);
        }
        if (status == 500) {
            troubled("Nova's metadata service at " + origin + " has an internal error");
            return Answer.refusal(500, "Remote metadata server experienced an internal server error.", html);
        }
        if (HANDED_ON.contains(status)) {
            trouble.set("");
            return Answer.refusal(status, html);
        }
        troubled("Nova's metadata service at " + origin + " answers " + status + ", which it never should");
        return Answer.refusal(500, UNKNOWN, html);
    }

    /** Reads what is left, so that the connection can be used again. */
    private static void drain(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getErrorStream()) {
            if (in != null && in.readNBytes(1 << 16).length == 1 << 16) {
                connection.disconnect();
            }
        }
    }

    /** Says it once, until something else is to be said or Nova answers again. */
    private void troubled(String what) {
        if (!trouble.getAndSet(what).equals(what)) {
            LOG.log(Level.WARNING, what);
        }
    }
}
