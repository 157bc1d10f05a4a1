package io.isospin.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * As much of HTTP/1.1 (RFC 9112) as a benchmark needs: a request leaves in one write, the answer is read to its end and
 * not looked into.
 */
final class Connection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 300_000;
    private static final int MOST_OF_A_HEAD = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[MOST_OF_A_HEAD];
    private int from;
    private int to;
    private boolean ends;

    /** An answer's status, and its body as it came. */
    static final class Answer {
        private final int status;
        private final byte[] body;

        private Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Connection(String host, int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    Answer exchange(byte[] request) throws IOException {
        out.write(request);
        int end = head();
        String head = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
        from = end + 4;
        int status = Integer.parseInt(head.substring(9, 12));
        String fields = head.toLowerCase(Locale.ROOT);
        ends = fields.contains("\r\nconnection: close");
        if (fields.contains("\r\ntransfer-encoding: chunked")) {
            return new Answer(status, chunks());
        }
        int length = fields.indexOf("\r\ncontent-length:");
        if (length < 0) {
            return new Answer(status, new byte[0]);
        }
        int line = fields.indexOf("\r\n", length + 2);
        String number = fields.substring(length + 17, line < 0 ? fields.length() : line);
        return new Answer(status, take(Integer.parseInt(number.strip())));
    }

    /** Whether the server has said that it closes this connection. */
    boolean ends() {
        return ends;
    }

    /** Reads until a head is whole; answers where its last line ends. */
    private int head() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int seen = 0;
        while (true) {
            for (int i = seen; i + 3 < to; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    return i;
                }
            }
            seen = Math.max(0, to - 3);
            if (to == buffer.length) {
                throw new IOException("the head of an answer is longer than " + MOST_OF_A_HEAD + " bytes");
            }
            fill();
        }
    }

    private void fill() throws IOException {
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        to += read;
    }

    private byte[] take(int length) throws IOException {
        byte[] body = new byte[length];
        int buffered = Math.min(length, to - from);
        System.arraycopy(buffer, from, body, 0, buffered);
        from += buffered;
        if (in.readNBytes(body, buffered, length - buffered) < length - buffered) {
            throw new EOFException("the server closed the connection within an answer");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        byte[] body = new byte[0];
        while (true) {
            int length = Integer.parseInt(line().split(";")[0].strip(), 16);
            byte[] chunk = take(length);
            line();
            if (length == 0) {
                return body;
            }
            int had = body.length;
            body = Arrays.copyOf(body, had + length);
            System.arraycopy(chunk, 0, body, had, length);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
            if (from == to) {
                from = 0;
                to = 0;
                fill();
            }
            line.append((char) buffer[from++]);
        }
        return line.substring(0, line.length() - 2);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
