package io.isospin.server.api;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer.
 *
 * @param body the text of its JSON body, empty for none
 * @param headers beside those of every answer
 * @param lines what is streamed in place of a body; null for none
 */
public record Response(
        int status,
        String body,
        Map<String, String> headers,
        @Nullable Lines lines) {
    public Response(int status, String body) {
        this(status, body, Map.of(), null);
    }

    public static Response ok(JsonNode body) {
        return new Response(200, body.toString());
    }

    public static Response noContent() {
        return new Response(204, "");
    }

    public static Response streamed(Lines lines) {
        return new Response(200, "", Map.of(), lines);
    }

    /** The same with its lines, if it has any, passed through something. */
    public Response through(UnaryOperator<Lines> way) {
        return lines == null ? this : new Response(status, body, headers, way.apply(lines));
    }

    /** The same with the revision of the store that the answer shows, from which its client can watch. */
    public Response at(long revision) {
        return new Response(status, body, Map.of("X-Isospin-Revision", Long.toString(revision)), lines);
    }
}
