package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The server's API over one connection. Its socket may lie in another network namespace than this process, which the
 * JDK's own client does not do.
 */
final class Api implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    /** The server's refusal of a request. */
    static final class Refused extends LabException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private final int port;
    private final Supplier<Socket> opener;
    private @Nullable Socket socket;
    private long revision;

    /** {@code opener} opens a socket connected to the server. */
    private Api(int port, Supplier<Socket> opener) {
        this.port = port;
        this.opener = opener;
    }

    static Api of(int port) {
        return new Api(port, () -> connected(port));
    }

    static Api inside(BenchHost host, int port) {
        return new Api(port, () -> host.call(() -> connected(port)));
    }

    int port() {
        return port;
    }

    /** The last revision of the change log that a list of this says it is of. */
    long revision(String list) {
        get(list);
        return revision;
    }

    private static Socket connected(int port) {
        try {
            var socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new LabException("The server does not take connections: " + e.getMessage(), e);
        }
    }

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, body);
    }

    JsonNode put(String path, JsonNode body) {
        return call("PUT", path, body);
    }

    void delete(String path) {
        call("DELETE", path, null);
    }

    /** Whether the server answers this with 200. */
    boolean answers(String path) {
        try {
            return !get(path).isMissingNode();
        } catch (LabException notYet) {
            close();
            return false;
        }
    }

    /** @throws Refused for every answer but a 2xx */
    private JsonNode call(String method, String path, @Nullable JsonNode body) {
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        String head = method + " /v2.0" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        byte[] all = (head + new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        try {
            var open = open();
            open.getOutputStream().write(all);
            return answer(method + " " + path, new DataInputStream(new BufferedInputStream(open.getInputStream())));
        } catch (IOException e) {
            throw new LabException(method + " " + path + ": " + e, e);
        }
    }

    private Socket open() {
        var open = socket;
        if (open == null) {
            open = opener.get();
            socket = open;
        }
        return open;
    }

    private JsonNode answer(String what, DataInputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            if (line.toLowerCase(Locale.ROOT).startsWith("x-isospin-revision:")) {
                revision = Long.parseLong(line.substring(19).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new Refused(what + ": " + status + " " + new String(body, StandardCharsets.UTF_8));
        }
        return length == 0
                ? JsonNodeFactory.instance.objectNode()
                : JsonMapper.shared().readTree(body);
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        var open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new LabException("A connection does not close: " + e, e);
            }
        }
    }
}
