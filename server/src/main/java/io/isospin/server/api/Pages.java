package io.isospin.server.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Links to the next and the previous page, as Neutron gives them: only where a limit was asked for. */
public final class Pages {
    private Pages() {}

    public static ArrayNode links(
            String url,
            Map<String, List<String>> query,
            int limit,
            boolean reverse,
            int count,
            String first,
            String last) {
        var links = JsonNodeFactory.instance.arrayNode();
        if (count == 0) {
            return links;
        }
        boolean full = count == limit;
        if (reverse || full) {
            link(links, "next", url, query, last, false);
        }
        if (!reverse || full) {
            link(links, "previous", url, query, first, true);
        }
        return links;
    }

    private static void link(
            ArrayNode links, String rel, String url, Map<String, List<String>> query, String marker, boolean reverse) {
        String kept = query.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("marker") && !entry.getKey().equals("page_reverse"))
                .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + encode(value) + "&"))
                .collect(Collectors.joining());
        String href = url + "?" + kept + "marker=" + encode(marker) + (reverse ? "&page_reverse=True" : "");
        links.addObject().put("rel", rel).put("href", href);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
