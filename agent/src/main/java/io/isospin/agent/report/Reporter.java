package io.isospin.agent.report;

import io.isospin.agent.mirror.Servers;
import io.isospin.agent.wiring.Sightings;
import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostWiring;
import io.isospin.core.host.Report;
import io.isospin.core.host.Report.PortReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends reports on a thread of its own: what has changed about ports as soon as the last request is answered, all of it
 * in one, what has changed about the host's devices a moment later, and a heartbeat every 10 seconds. What was not
 * answered is sent again.
 */
public final class Reporter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Reporter.class.getName());
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LAST_PAUSE_MILLIS = 5_000;
    private static final int LONGEST_REFUSAL = 4_096;

    /** The server will not take the report, however often it comes. */
    private static final class RefusedReport extends IOException {
        private static final long serialVersionUID = 1;

        RefusedReport(String why) {
            super(why);
        }
    }

    private final String host;
    private final Servers servers;
    private final Supplier<List<Report.Agent>> agents;
    private final Outbox outbox = new Outbox();
    private final Sightings sightings;
    private final WiringOutbox wirings;
    private final Thread thread = Thread.ofPlatform().name("report").daemon().unstarted(this::run);
    private volatile boolean closed;

    public Reporter(String host, Servers servers, Supplier<List<Report.Agent>> agents, Sightings sightings) {
        this.host = host;
        this.servers = servers;
        this.agents = agents;
        this.sightings = sightings;
        this.wirings = new WiringOutbox(sightings::parts, System::nanoTime);
    }

    public void start() {
        sightings.onChange(() -> wirings.changed().ifPresent(outbox::wakeIn));
        wirings.everything().ifPresent(outbox::wakeIn);
        thread.start();
    }

    /** Tells what became of ports; what the server knows already is not sent. */
    public void report(Collection<PortReport> ports) {
        outbox.put(ports);
    }

    /** What is told of these ports from now on is news, whatever the server was told before. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Registers this host's agents with one server, at once and on the calling thread. It may have another database: what
     * the host's devices are is told it anew.
     */
    public void register(URI server) throws IOException {
        post(server, List.of(), null);
        wirings.everything().ifPresent(outbox::wakeIn);
    }

    private void run() {
        int failures = 0;
        long beatAt = System.nanoTime() + HEARTBEAT.toNanos();
        try {
            while (!closed) {
                List<PortReport> ports = outbox.take(Duration.ofNanos(Math.max(0, beatAt - System.nanoTime())));
                HostWiring wiring = wiring();
                if (ports.isEmpty() && wiring == null && System.nanoTime() - beatAt < 0) {
                    continue; // there was no news after all
                }
                URI server = servers.current();
                try {
                    send(server, ports, wiring);
                    failures = 0;
                    beatAt = System.nanoTime() + HEARTBEAT.toNanos();
                } catch (IOException e) {
                    // The mirror tells of the server's absence; one line here where only reports fail.
                    if (failures++ == 3) {
                        LOG.log(Level.WARNING, "{0} takes no reports: {1}", server, e.getMessage());
                    }
                    outbox.restore(ports);
                    if (wiring != null) {
                        wirings.changed().ifPresent(outbox::wakeIn);
                    }
                    Thread.sleep(Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is due of the host's devices. That they cannot be told is no reason for ports to wait. */
    private @Nullable HostWiring wiring() {
        try {
            return wirings.take();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "what this host's devices are is not told this time", e);
            return null;
        } finally {
            wirings.due().ifPresent(outbox::wakeIn);
        }
    }

    private void send(URI server, List<PortReport> ports, @Nullable HostWiring wiring) throws IOException {
        boolean wanting;
        try {
            wanting = post(server, ports, wiring);
        } catch (RefusedReport e) {
            if (wiring == null) {
                throw e;
            }
            // It may be the devices: ports are told without them.
            wanting = post(server, ports, null);
            LOG.log(
                    Level.WARNING,
                    "{0} refuses to know what this host''s devices are, until they change: {1}",
                    server,
                    e.getMessage());
        }
        outbox.acknowledge(ports);
        if (wiring != null) {
            wirings.acknowledge(wiring);
        }
        if (wanting) {
            wirings.everything().ifPresent(outbox::wakeIn);
        }
    }

    /** Answers whether the server wants all of the host's devices. */
    private boolean post(URI server, List<PortReport> ports, @Nullable HostWiring wiring) throws IOException {
        byte[] body = HostJson.bytes(new Report(host, agents.get(), ports, wiring));
        HttpURLConnection connection = servers.connect(server, "report", SILENCE);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new RefusedReport(why(connection));
        }
        if (status / 100 != 2) {
            connection.disconnect();
            throw new IOException(Servers.refusal(status));
        }
        connection.getInputStream().close(); // the connection is kept for the next report
        return "whole".equals(connection.getHeaderField("X-Isospin-Wiring"));
    }

    private static String why(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            String why = body == null ? "" : HostJson.refusal(body.readNBytes(LONGEST_REFUSAL));
            return why.isEmpty() ? Servers.refusal(HttpURLConnection.HTTP_BAD_REQUEST) : why;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
