package io.isospin.server.watch;

import io.isospin.core.schema.InvalidValue;
import io.isospin.core.schema.PythonText;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.ScalarTypes;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.ListRequest;
import io.isospin.server.api.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request to watch asks for.
 *
 * @param asked filters and fields, as in lists
 * @param revision after which changes are told; empty for all that there is first
 */
record WatchRequest(ListRequest asked, OptionalLong revision) {
    static final String WATCH = "watch";
    static final String REVISION = "revision";
    /** A stream has no order but that of the changes, and no pages. */
    private static final Set<String> OF_PAGES = Set.of("limit", "marker", "page_reverse", "sort_key", "sort_dir");

    /** Whether a request asks for a stream rather than for a list. */
    static boolean isOne(Request request) {
        var value = request.parameter(WATCH);
        if (value.isEmpty()) {
            return false;
        }
        try {
            return ScalarTypes.BOOLEAN.fromQuery(value.get()).booleanValue();
        } catch (InvalidValue e) {
            throw BadRequest.input(String.valueOf(e.getMessage()));
        }
    }

    /** The parameters that say what to list. */
    static Map<String, List<String>> without(Request request, String... names) {
        var query = new LinkedHashMap<>(request.query());
        query.keySet().removeAll(Set.of(names));
        return query;
    }

    static WatchRequest of(Resource resource, Request request) {
        var query = without(request, WATCH, REVISION);
        String pages = query.keySet().stream()
                .filter(OF_PAGES::contains)
                .map(PythonText::quote)
                .collect(Collectors.joining(", "));
        if (!pages.isEmpty()) {
            throw BadRequest.http("[" + pages + "] is invalid with watch, which has neither an order nor pages");
        }
        return new WatchRequest(
                ListRequest.of(resource, query, request.caller()),
                request.parameter(REVISION).map(WatchRequest::number).orElse(OptionalLong.empty()));
    }

    private static OptionalLong number(String text) {
        try {
            long revision = Long.parseLong(text);
            if (revision >= 0) {
                return OptionalLong.of(revision);
            }
            throw BadRequest.input("'" + text + "' should be non-negative");
        } catch (NumberFormatException e) {
            throw BadRequest.input("'" + text + "' is not an integer");
        }
    }
}
