package io.isospin.server.port;

import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A port's extra DHCP options: each name once per IP version; a null value takes the option away. */
final class DhcpOptions {
    private DhcpOptions() {}

    static ArrayNode created(JsonNode given) {
        return updated(JsonNodeFactory.instance.arrayNode(), given);
    }

    static ArrayNode updated(JsonNode current, JsonNode given) {
        var options = new LinkedHashMap<String, JsonNode>();
        current.forEach(option -> options.put(key(option), option));
        for (var option : given) {
            if (option.path("opt_value").isNull()) {
                options.remove(key(option));
            } else {
                var whole = (ObjectNode) option.deepCopy();
                whole.put("ip_version", version(option));
                options.put(key(option), whole);
            }
        }
        return JsonNodeFactory.instance.arrayNode().addAll(options.values());
    }

    private static String key(JsonNode option) {
        return version(option) + "/" + option.path("opt_name").asString();
    }

    private static int version(JsonNode option) {
        return option.path("ip_version").asInt(4);
    }
}
