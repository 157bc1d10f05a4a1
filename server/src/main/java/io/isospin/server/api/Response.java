package io.isospin.server.api;

import tools.jackson.databind.JsonNode;

/** An answer: its status and the text of its JSON body, empty for none. */
public record Response(int status, String body) {
    public static Response ok(JsonNode body) {
        return new Response(200, body.toString());
    }

    public static Response noContent() {
        return new Response(204, "");
    }
}
