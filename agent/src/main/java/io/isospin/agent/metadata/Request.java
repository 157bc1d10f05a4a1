package io.isospin.agent.metadata;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A guest's request. What it says of itself besides is not handed on, so that no guest can pass for another. */
final class Request {
    private final String method;
    private final String target;
    private final int minor;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param target the path with its query, as it was sent; begins with a slash
     * @param minor the minor version of HTTP/1: 0 or 1
     * @param headers by their names in lower case; the last one counts
     */
    Request(String method, String target, int minor, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.minor = minor;
        this.headers = headers;
        this.body = body;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    byte[] body() {
        return body;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the guest wants to ask again on the same connection. */
    boolean keepsAlive() {
        String connection = header("connection").orElse("").toLowerCase(Locale.ROOT);
        return minor == 0 ? connection.contains("keep-alive") : !connection.contains("close");
    }
}
