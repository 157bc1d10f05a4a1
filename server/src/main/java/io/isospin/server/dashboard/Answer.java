package io.isospin.server.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered; {@code headers} beside those that every answer of the dashboard has. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
public record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    static Answer of(int status, String type, byte[] body) {
        return new Answer(status, Map.of("Content-Type", type), body);
    }

    Answer with(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, body);
    }
}
