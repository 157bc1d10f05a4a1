package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * A connection to qemu's monitor, in the QEMU Machine Protocol: a line of JSON each way, with events between. qemu serves
 * one connection at a time. Not for several threads.
 */
final class Qmp implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String END = "end of stream";

    private final SocketChannel channel;
    private final BlockingQueue<ObjectNode> received = new LinkedBlockingQueue<>();

    private Qmp(SocketChannel channel) {
        this.channel = channel;
    }

    /** qemu refused a command; {@link #getMessage} is its own. */
    static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    /** Connects, which fails with an exception where nobody listens yet. */
    static Qmp connect(Path socket) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        var qmp = new Qmp(channel);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().name("qmp").start(qmp::read);
            qmp.next("its greeting", node -> node.has("QMP"), PATIENCE);
            qmp.execute("qmp_capabilities", Json.object());
            return qmp;
        } catch (IOException | DriverException e) {
            channel.close();
            throw e;
        } catch (Refused e) {
            channel.close();
            throw new IOException("qemu refuses its capabilities", e);
        }
    }

    private void read() {
        try (var reader =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                received.add(Json.parse(line));
            }
            received.add(Json.object().put(END, "qemu has ended"));
        } catch (IOException | Refusal e) {
            received.add(Json.object().put(END, String.valueOf(e.getMessage())));
        }
    }

    void execute(String command, ObjectNode arguments) throws Refused {
        var request = Json.object().put("execute", command);
        request.set("arguments", arguments);
        try {
            var bytes = ByteBuffer.wrap((Json.text(request) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new DriverException("qemu cannot be told " + command + ": " + e.getMessage());
        }
        var answer = next("an answer to " + command, node -> node.has("return") || node.has("error"), PATIENCE);
        if (answer.has("error")) {
            throw new Refused(answer.path("error").path("desc").asString(""));
        }
    }

    /** Waits for an event about a device; whether it came within {@code patience}. */
    boolean await(String event, String device, Duration patience) {
        try {
            next(
                    event,
                    node -> node.path("event").asString("").equals(event)
                            && node.path("data").path("device").asString("").equals(device),
                    patience);
            return true;
        } catch (TookTooLong e) {
            return false;
        }
    }

    private static final class TookTooLong extends DriverException {
        TookTooLong(String what) {
            super("qemu does not give " + what);
        }
    }

    /** The next message of this kind; others before it are dropped. */
    private ObjectNode next(String what, Predicate<ObjectNode> wanted, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                var node = received.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (node == null) {
                    throw new TookTooLong(what);
                }
                if (node.has(END)) {
                    throw new DriverException(
                            "qemu gave no " + what + ": " + node.path(END).asString(""));
                }
                if (wanted.test(node)) {
                    return node;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException("interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
