package io.isospin.cli.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a command line gave: values by target, and the words that no option or place claimed, in order. */
public final class Parsed {
    private final Map<String, JsonNode> values = new HashMap<>();
    private final List<String> rest = new ArrayList<>();

    public Optional<JsonNode> value(String target) {
        return Optional.ofNullable(values.get(target));
    }

    /** The text of a value that is neither absent nor empty. */
    public Optional<String> text(String target) {
        return value(target).map(value -> value.asString("")).filter(text -> !text.isEmpty());
    }

    public String word(String target) {
        return text(target).orElse("");
    }

    public boolean flag(String target) {
        return value(target).map(value -> value.asBoolean(false)).orElse(false);
    }

    public int number(String target, int fallback) {
        return value(target).map(JsonNode::intValue).orElse(fallback);
    }

    public List<String> words(String target) {
        return value(target)
                .map(list -> list.valueStream().map(word -> word.asString("")).toList())
                .orElse(List.of());
    }

    public List<String> rest() {
        return rest;
    }

    void put(String target, JsonNode value) {
        values.put(target, value);
    }

    public void append(String target, JsonNode value) {
        if (values.computeIfAbsent(target, absent -> JsonNodeFactory.instance.arrayNode()) instanceof ArrayNode list) {
            list.add(value);
        }
    }
}
