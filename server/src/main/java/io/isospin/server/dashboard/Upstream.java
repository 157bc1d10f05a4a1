package io.isospin.server.dashboard;

import io.isospin.core.tls.TlsClient;
import io.isospin.server.api.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;

/** Another service, asked for a page: bounded in time and size, and never led elsewhere. */
final class Upstream {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 60_000;
    /** What the largest lists of Nova come to, many times over. */
    private static final int LARGEST = 32 << 20;

    private final TlsClient tls;

    Upstream(TlsClient tls) {
        this.tls = tls;
    }

    /** An answer as it came; {@code subject}: the token that Keystone tells in a header. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
    record Reply(int status, String type, Optional<String> subject, byte[] body) {}

    /**
     * @param body empty for none
     * @throws IOException where the service cannot be reached, or breaks off
     */
    Reply send(String method, String url, Map<String, String> headers, byte[] body) throws IOException {
        var connection = tls.open(url);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", "application/json");
        headers.forEach(connection::setRequestProperty);
        if (body.length > 0) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (var out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        String type = Optional.ofNullable(connection.getContentType()).orElse("");
        return new Reply(
                status,
                type.startsWith("application/json") ? "application/json" : "text/plain; charset=UTF-8",
                Optional.ofNullable(connection.getHeaderField("X-Subject-Token")),
                body(connection, status, url));
    }

    private static byte[] body(HttpURLConnection connection, int status, String url) throws IOException {
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                connection.disconnect();
                throw new Unavailable(
                        "ServiceUnavailable", "The answer of " + url + " is larger than " + LARGEST + " bytes.");
            }
            return bytes;
        }
    }
}
