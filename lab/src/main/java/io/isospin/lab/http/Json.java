package io.isospin.lab.http;

import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees, made and read. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ObjectNode object(String key, JsonNode value) {
        var node = object();
        node.set(key, value);
        return node;
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> items) {
        var array = array();
        array.addAll(items);
        return array;
    }

    public static ArrayNode strings(Collection<String> items) {
        var array = array();
        items.forEach(array::add);
        return array;
    }

    public static ObjectNode map(Map<String, String> entries) {
        var node = object();
        entries.forEach(node::put);
        return node;
    }

    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    public static String pretty(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    /** Reads an object, as a request must send one. */
    public static ObjectNode parse(String text) {
        try {
            if (!text.isBlank() && MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw Refusal.badRequest("The request body is not JSON: " + e.getOriginalMessage());
        }
        throw Refusal.badRequest("The request body must be a JSON object.");
    }

    /** Reads an array, as some requests must send one. */
    public static ArrayNode parseArray(String text) {
        try {
            if (!text.isBlank() && MAPPER.readTree(text) instanceof ArrayNode array) {
                return array;
            }
        } catch (JacksonException e) {
            throw Refusal.badRequest("The request body is not JSON: " + e.getOriginalMessage());
        }
        throw Refusal.badRequest("The request body must be a JSON array of operation objects.");
    }
}
