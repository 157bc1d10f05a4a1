package io.isospin.agent.metadata;

import java.util.Map;
import java.util.Optional;

/**
 * A guest's request. What it says of itself besides is not handed on, so that no guest can pass for another.
 *
 * @param target the path with its query, as it was sent; begins with a slash
 * @param minor the minor version of HTTP/1: 0 or 1
 * @param headers by their names in lower case; the last one counts
 */
record Request(String method, String target, int minor, Map<String, String> headers, byte[] body) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the guest wants to ask again on the same connection. */
    boolean keepsAlive() {
        String connection = header("connection").orElse("").toLowerCase(java.util.Locale.ROOT);
        return minor == 0 ? connection.contains("keep-alive") : !connection.contains("close");
    }
}
