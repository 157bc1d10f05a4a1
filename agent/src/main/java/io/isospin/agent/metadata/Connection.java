package io.isospin.agent.metadata;

import io.isospin.agent.metadata.Admission.Source;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * One connection of a guest, on a thread of its own: requests are read and answered in turn until either side ends it.
 * Each step has a deadline, past which another thread closes the channel.
 */
final class Connection implements Runnable {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final int BUFFER = 2048;
    /** Java keeps a buffer as large as this for each thread that writes. */
    private static final int SLICE = 16 << 10;

    private static final int LINGER_BYTES = 64 << 10;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Source source;
    private final SocketChannel channel;
    private final Limits limits;
    private final Answerer answerer;
    private final Runnable ended;
    private volatile long deadline;

    /** @param ended called once, when the channel is closed */
    Connection(Source source, SocketChannel channel, Limits limits, Answerer answerer, Runnable ended) {
        this.source = source;
        this.channel = channel;
        this.limits = limits;
        this.answerer = answerer;
        this.ended = ended;
        within(limits.idle());
    }

    Source source() {
        return source;
    }

    private void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    boolean isLate(long nanos) {
        return nanos - deadline > 0;
    }

    /** Ends it from another thread. */
    void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a connection of " + source, e);
        }
    }

    @Override
    public void run() {
        try (channel) {
            channel.configureBlocking(true);
            var in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
            var reader = new RequestReader(in, limits, () -> within(limits.request()), this::sayContinue);
            boolean more = true;
            while (more) {
                within(limits.idle());
                more = exchange(reader, in);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "a connection of {0} ended: {1}", source, e.toString());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a connection of " + source + " failed", e);
        } finally {
            ended.run();
        }
    }

    /** One request and its answer; answers whether another may follow. */
    private boolean exchange(RequestReader reader, InputStream in) throws IOException {
        Request request;
        try {
            request = reader.next();
        } catch (BadRequest e) {
            LOG.log(Level.DEBUG, "{0} sends what is not taken: {1}", source, e.getMessage());
            send(Answer.refusal(e.status(), String.valueOf(e.getMessage()), false), true, false);
            linger(in);
            return false;
        }
        if (request == null) {
            return false;
        }
        // Waiting for a turn at Nova, then for Nova.
        within(limits.nova().multipliedBy(2).plus(limits.request()));
        Answer answer = answerer.answer(source.network(), source.address(), request);
        boolean more = request.keepsAlive();
        send(answer, !request.method().equals("HEAD"), more);
        if (!more) {
            linger(in);
        }
        return more;
    }

    private void sayContinue() {
        try {
            write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(Answer answer, boolean withBody, boolean more) throws IOException {
        within(limits.response());
        String head = "HTTP/1.1 " + answer.status() + " " + Answer.reason(answer.status()) + "\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\nContent-Type: "
                + answer.type() + "\r\nContent-Length: " + answer.length() + "\r\nConnection: "
                + (more ? "keep-alive" : "close") + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = withBody ? answer.body() : new byte[0];
        var together = ByteBuffer.allocate(start.length + body.length);
        write(together.put(start).put(body).array());
    }

    private void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            from += channel.write(ByteBuffer.wrap(bytes, from, Math.min(SLICE, bytes.length - from)));
        }
    }

    /** What the guest has still under way would make the kernel reset the connection, and the answer be lost with it. */
    private void linger(InputStream in) throws IOException {
        within(LINGER);
        channel.shutdownOutput();
        long left = LINGER_BYTES;
        byte[] waste = new byte[BUFFER];
        for (int got = in.read(waste); got >= 0 && left > 0; got = in.read(waste)) {
            left -= got;
        }
    }
}
