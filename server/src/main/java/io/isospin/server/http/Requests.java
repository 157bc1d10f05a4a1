package io.isospin.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Request;
import io.isospin.server.api.TooLarge;
import io.isospin.server.identity.Caller;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of the wire as the API takes them. */
final class Requests {
    private Requests() {}

    /** {@code link}: the address of the request for links to further pages. */
    static Request of(ServerRequest in, String link, int largestBody, Caller caller) {
        String path = in.path().rawPath();
        return new Request(
                in.prologue().method().text(),
                segments(path),
                query(in.query().rawValue()),
                body(in, largestBody),
                header(in, "If-Match").orElse(null),
                link,
                caller);
    }

    static Optional<String> header(ServerRequest in, String name) {
        return in.headers().first(HeaderNames.create(name));
    }

    /** The segments after {@code /v2.0/}; an ending such as {@code .json} is of no meaning and goes. */
    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.substring("/v2.0/".length()).split("/", -1)) {
            segments.add(decode(segment));
        }
        if (segments.getLast().isEmpty()) {
            segments.removeLast();
        } else if (segments.getLast().endsWith(".json")) {
            String last = segments.removeLast();
            segments.add(last.substring(0, last.length() - ".json".length()));
        }
        return segments;
    }

    static Map<String, List<String>> query(@Nullable String raw) {
        var query = new LinkedHashMap<String, List<String>>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (var part : raw.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = decode(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decode(part.substring(equals + 1));
            query.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw BadRequest.http("'" + text + "' is not percent-encoded as URLs are");
        }
    }

    private static @Nullable JsonNode body(ServerRequest in, int largest) {
        byte[] bytes = in.content().hasEntity() ? bytes(in, largest) : new byte[0];
        if (bytes.length == 0) {
            return null;
        }
        try {
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw new BadRequest("MalformedRequestBody", "Malformed request body: " + e.getOriginalMessage() + ".");
        }
    }

    /** No more than is allowed is read, whether or not the client says beforehand how much comes. */
    static byte[] bytes(ServerRequest in, int largest) {
        if (in.headers().contentLength().orElse(0) > largest) {
            throw new TooLarge(largest);
        }
        try (var stream = in.content().inputStream()) {
            byte[] bytes = stream.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new TooLarge(largest);
            }
            return bytes;
        } catch (IOException e) {
            throw BadRequest.http("The body of the request ended early: " + e.getMessage());
        }
    }
}
