package io.isospin.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Whether a server still answers: one small request as any client would send it. */
public final class Pulse {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Pulse() {}

    /** Any first byte will do: of an answer, or of TLS's complaint about a request that is not encrypted. */
    public static boolean isThere(String host, int port) {
        try (var socket = new Socket()) {
            var address = InetAddress.getByName(host);
            var target = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
            socket.connect(new InetSocketAddress(target, port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(REQUEST);
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
