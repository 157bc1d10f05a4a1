package io.isospin.lab.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a {@link Call}: status, headers, and a body, empty where there is none.
 *
 * @param charset in which the body is sent
 * @param file what is sent in the place of the body, where it is too long to be held
 */
public record Answer(
        int status,
        Map<String, String> headers,
        String body,
        Charset charset,
        @Nullable Path file) {
    public Answer(int status, Map<String, String> headers, String body) {
        this(status, headers, body, StandardCharsets.UTF_8, null);
    }

    /** Bytes that are no text, or whose charset nobody knows. */
    public static Answer bytes(String type, byte[] body) {
        var latin1 = StandardCharsets.ISO_8859_1;
        return new Answer(200, Map.of("Content-Type", type), new String(body, latin1), latin1, null);
    }

    /** The bytes of a file. */
    public static Answer file(Path file) {
        return new Answer(
                200, Map.of("Content-Type", "application/octet-stream"), "", StandardCharsets.ISO_8859_1, file);
    }

    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), Json.text(body));
    }

    public static Answer text(int status, String type, String body) {
        return new Answer(status, Map.of("Content-Type", type), body);
    }

    public static Answer ok(JsonNode body) {
        return json(200, body);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    public Answer header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, charset, file);
    }
}
