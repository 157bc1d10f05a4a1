package io.isospin.agent.mirror;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostState;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Follows the feed for ever: registers, asks for what came after the revision that it has, and turns to another server
 * when the stream ends or stays silent. A sign of life comes every 5 seconds; 15 without one mean that the server, or
 * the way to it, is gone.
 */
public final class Mirror implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Mirror.class.getName());
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LAST_PAUSE_MILLIS = 5_000;
    private static final int LONGEST_LINE = 512 << 20;

    /** Told before each stream, so that the server knows the host when the feed begins. */
    public interface Registration {
        void register(URI server) throws IOException;
    }

    private final String host;
    private final Servers servers;
    private final Desired desired;
    private final Registration registration;
    private final Thread thread = Thread.ofPlatform().name("mirror").daemon().unstarted(this::run);
    private volatile boolean closed;
    private int failures;

    public Mirror(String host, Servers servers, Desired desired, Registration registration) {
        this.host = host;
        this.servers = servers;
        this.desired = desired;
        this.registration = registration;
    }

    /** Begins with a state from disk, before anyone looks at it. */
    public void restore(HostState restored) {
        desired.restore(restored);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            URI server = servers.current();
            try {
                registration.register(server);
                follow(server);
            } catch (IOException | IllegalArgumentException e) {
                if (!closed) {
                    failed(server, e);
                }
            }
        }
    }

    private void failed(URI server, Exception e) {
        if (failures == 0) {
            LOG.log(
                    Level.WARNING,
                    "no feed from {0}: {1}; this host stays as it is, and the agent goes on trying",
                    server,
                    e instanceof SocketTimeoutException ? "it is silent" : e.getMessage());
        }
        servers.leave(server);
        long pause = Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        failures++;
        try {
            Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void follow(URI server) throws IOException {
        HostState known = desired.view().state();
        // What a version before has sent or saved lacks a part that no later change would bring: all of it anew.
        HostState state = known.namesDevices() ? known : HostState.EMPTY;
        HttpURLConnection connection = servers.connect(
                server,
                "hosts/" + Servers.encode(host) + "/feed?store=" + Servers.encode(state.store()) + "&revision="
                        + state.revision(),
                SILENCE);
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(Servers.refusal(status));
            }
            try (InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16)) {
                read(server, in);
            }
        } finally {
            connection.disconnect();
        }
    }

    private void read(URI server, InputStream in) throws IOException {
        var pending = new ArrayList<FeedMessage>();
        boolean first = true;
        byte[] line;
        while ((line = line(in)) != null) {
            if (line.length == 0) {
                continue;
            }
            FeedMessage message = HostJson.feedMessage(line);
            pending.add(message);
            if (message instanceof FeedMessage.At at) {
                failures = 0;
                desired.apply(List.copyOf(pending));
                pending.clear();
                if (first) {
                    LOG.log(
                            Level.INFO,
                            "following {0} as host {1} from revision {2}: {3} units",
                            server,
                            host,
                            Long.toString(at.revision()),
                            desired.view().state().units().size());
                    first = false;
                }
            }
        }
        if (!closed) {
            throw new IOException("the server ended the stream");
        }
    }

    /** The bytes up to the next line feed; null at the end. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(256);
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                return null;
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line of the feed is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
