package io.isospin.server.http;

import io.isospin.core.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code [cors]}: which pages of other origins a browser lets use the API.
 *
 * @param origins {@code https://horizon.example.com}, or {@code *} for any
 */
record Cors(
        List<String> origins,
        boolean credentials,
        List<String> exposed,
        int maxAge,
        List<String> methods,
        List<String> headers) {
    private static final String SECTION = "cors";
    /** Headers that every page may send. */
    private static final List<String> SIMPLE = List.of(
            "Accept",
            "Accept-Language",
            "Content-Type",
            "Cache-Control",
            "Content-Language",
            "Expires",
            "Last-Modified",
            "Pragma");

    static Cors of(Settings settings) {
        return new Cors(
                settings.list(SECTION, "allowed_origin", List.of()),
                settings.bool(SECTION, "allow_credentials", true),
                settings.list(
                        SECTION,
                        "expose_headers",
                        List.of(
                                "X-Auth-Token",
                                "X-Subject-Token",
                                "X-Service-Token",
                                "X-OpenStack-Request-ID",
                                "OpenStack-Volume-microversion",
                                // Ours: where a page that has read a list goes on watching.
                                "X-Isospin-Revision")),
                settings.integer(SECTION, "max_age", 3600, 0, Integer.MAX_VALUE),
                settings.list(SECTION, "allow_methods", List.of("GET", "PUT", "POST", "DELETE", "PATCH")),
                settings.list(
                        SECTION,
                        "allow_headers",
                        List.of(
                                "X-Auth-Token",
                                "X-Identity-Status",
                                "X-Roles",
                                "X-Service-Catalog",
                                "X-User-Id",
                                "X-Tenant-Id",
                                "X-OpenStack-Request-ID")));
    }

    /** The headers of an answer to a page of another origin; none where it may not use the API. */
    Map<String, String> answer(Function<String, Optional<String>> request) {
        var out = new LinkedHashMap<String, String>();
        origin(request).ifPresent(origin -> {
            out.put("Vary", "Origin");
            allow(out, origin);
            if (!exposed.isEmpty()) {
                out.put("Access-Control-Expose-Headers", String.join(",", exposed));
            }
        });
        return out;
    }

    /** The headers of the answer to a browser that asks, with OPTIONS, what a page may do. */
    Map<String, String> preflight(Function<String, Optional<String>> request) {
        var out = new LinkedHashMap<String, String>();
        var origin = origin(request);
        var method = request.apply("Access-Control-Request-Method").filter(methods::contains);
        var wanted = Stream.of(request.apply("Access-Control-Request-Headers")
                        .orElse("")
                        .split(","))
                .map(String::strip)
                .filter(header -> !header.isEmpty())
                .toList();
        if (origin.isEmpty() || method.isEmpty() || !wanted.stream().allMatch(this::permits)) {
            return out;
        }
        out.put("Vary", "Origin");
        allow(out, origin.get());
        if (maxAge > 0) {
            out.put("Access-Control-Max-Age", Integer.toString(maxAge));
        }
        out.put("Access-Control-Allow-Methods", method.get());
        if (!wanted.isEmpty()) {
            out.put("Access-Control-Allow-Headers", String.join(",", wanted));
        }
        return out;
    }

    private void allow(Map<String, String> out, String origin) {
        out.put("Access-Control-Allow-Origin", origin);
        if (credentials) {
            out.put("Access-Control-Allow-Credentials", "true");
        }
    }

    private Optional<String> origin(Function<String, Optional<String>> request) {
        return request.apply("Origin")
                .flatMap(origin -> origins.contains(origin)
                        ? Optional.of(origin)
                        : Optional.of("*").filter(origins::contains));
    }

    private boolean permits(String header) {
        return Stream.concat(headers.stream(), SIMPLE.stream())
                .anyMatch(one -> one.toUpperCase(Locale.ROOT).equals(header.toUpperCase(Locale.ROOT)));
    }
}
