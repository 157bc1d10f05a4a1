package io.isospin.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Request;
import io.isospin.server.identity.Caller;
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

    static Request of(ServerRequest in, String base, Caller caller) {
        String path = in.path().rawPath();
        return new Request(
                in.prologue().method().text(),
                segments(path),
                query(in.query().rawValue()),
                body(in),
                header(in, "If-Match").orElse(null),
                base + path,
                caller);
    }

    static Optional<String> header(ServerRequest in, String name) {
        return in.headers().first(HeaderNames.create(name));
    }

    /** Scheme and host as the client, or a proxy before this server, knows them. */
    static String base(ServerRequest in) {
        String scheme = header(in, "X-Forwarded-Proto").orElse("http");
        return scheme + "://" + header(in, "Host").orElse("localhost");
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

    private static @Nullable JsonNode body(ServerRequest in) {
        byte[] bytes = in.content().hasEntity() ? in.content().as(byte[].class) : new byte[0];
        if (bytes.length == 0) {
            return null;
        }
        try {
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw new BadRequest("MalformedRequestBody", "Malformed request body: " + e.getOriginalMessage() + ".");
        }
    }
}
