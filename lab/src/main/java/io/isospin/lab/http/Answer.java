package io.isospin.lab.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The answer to a {@link Call}: status, headers, and a body, empty where there is none. */
public record Answer(int status, Map<String, String> headers, String body) {

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
        return new Answer(status, more, body);
    }
}
