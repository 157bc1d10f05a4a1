package io.isospin.agent.mirror;

import io.isospin.agent.config.ServerConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The servers of the list, of which one is in use until it fails. Any of them serves any host. */
public final class Servers {
    private static final int CONNECT_MILLIS = 3_000;

    private final List<URI> servers;
    private final String secret;
    private volatile int current;

    public Servers(ServerConfig config) {
        this.servers = config.servers();
        this.secret = config.secret();
    }

    public URI current() {
        return servers.get(current);
    }

    /** Turns to the next one, unless someone else has turned away from {@code failed} already. */
    public synchronized void leave(URI failed) {
        if (current().equals(failed)) {
            current = (current + 1) % servers.size();
        }
    }

    public HttpURLConnection connect(URI server, String path, Duration silence) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(server + "/isospin/agent/v1/" + path).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(Math.toIntExact(silence.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        if (!secret.isEmpty()) {
            connection.setRequestProperty("X-Isospin-Agent-Secret", secret);
        }
        return connection;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What a status other than success means, and the mend. */
    public static String refusal(int status) {
        return switch (status) {
            case 401, 403 -> "it refuses this agent (" + status + "); [isospin] agent_secret must be the server's";
            case 404 -> "it has no agent interface (404); [isospin] server must name an Isospin server";
            default -> "it answered " + status;
        };
    }
}
