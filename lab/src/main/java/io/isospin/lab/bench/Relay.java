package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Passes an agent's requests on to its server, and counts the reports among them. */
final class Relay implements AutoCloseable {
    /**
     * Since it began.
     *
     * @param wirings the reports that tell of devices
     * @param bytes of all reports' bodies
     * @param wiringBytes of what is told of devices in them
     */
    record Count(int reports, int wirings, long bytes, long wiringBytes) {
        private static final Count NONE = new Count(0, 0, 0, 0);
        /** It comes last in a report. */
        private static final String WIRING = ",\"wiring\":{";

        Count and(byte[] report) {
            int from = new String(report, StandardCharsets.ISO_8859_1).indexOf(WIRING);
            return new Count(
                    reports + 1,
                    wirings + (from < 0 ? 0 : 1),
                    bytes + report.length,
                    wiringBytes + (from < 0 ? 0 : report.length - from - 1));
        }
    }

    private final BenchHost host;
    private final ServerSocket listening;
    private final int server;
    private Count count = Count.NONE;

    private Relay(BenchHost host, ServerSocket listening, int server) {
        this.host = host;
        this.listening = listening;
        this.server = server;
    }

    static Relay inside(BenchHost host, int server) {
        var listening = host.call(() -> {
            try {
                return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        var relay = new Relay(host, listening, server);
        Thread.ofPlatform().daemon().start(relay::accept);
        return relay;
    }

    int port() {
        return listening.getLocalPort();
    }

    synchronized Count count() {
        return count;
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                var onward = host.call(this::connected);
                Thread.ofPlatform().daemon().start(() -> pass(client, onward));
                Thread.ofPlatform().daemon().start(() -> back(onward, client));
            }
        } catch (IOException closed) {
            if (!listening.isClosed()) {
                throw new LabException("The relay takes no connections: " + closed.getMessage(), closed);
            }
        }
    }

    private Socket connected() {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), server);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests one after the other, until the client ends. */
    private void pass(Socket client, Socket onward) {
        try (client;
                onward) {
            client.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                byte[] body = in.readNBytes(length(head));
                if (head.startsWith("POST ") && head.contains("/report ")) {
                    counted(body);
                }
                OutputStream out = onward.getOutputStream();
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                out.flush();
            }
        } catch (IOException ended) {
            // one of the two has closed the connection
        }
    }

    private static void back(Socket onward, Socket client) {
        try (onward;
                client) {
            onward.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // one of the two has closed the connection
        }
    }

    private synchronized void counted(byte[] report) {
        count = count.and(report);
    }

    /** Up to the empty line, with it; nothing at the end of the stream. */
    private static String head(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (c == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return head.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
