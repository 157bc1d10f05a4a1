package io.isospin.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The query of a list: pairs in order, each name as often as wanted. */
public final class Query {
    private final List<String> pairs = new ArrayList<>();

    public Query with(String name, String value) {
        pairs.add(encoded(name) + "=" + encoded(value));
        return this;
    }

    public Query with(String name, List<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    @Override
    public String toString() {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
