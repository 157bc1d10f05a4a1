package io.isospin.server.dashboard;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A request below {@code /dashboard}.
 *
 * @param path what follows {@code /dashboard}, as the client wrote it
 * @param query the query string as the client wrote it; empty for none
 * @param headers of the request, by name
 * @param body reads the body, of no more bytes than are given
 * @param secure whether the client speaks TLS, to this server or to a proxy before it
 */
public record Call(
        String method,
        String path,
        String query,
        Function<String, Optional<String>> headers,
        IntFunction<byte[]> body,
        boolean secure) {

    Optional<String> header(String name) {
        return headers.apply(name);
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
