package io.isospin.cli.grammar;

import io.isospin.cli.failure.Failure;
import io.isospin.cli.failure.UsageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * Options that a command does not know are attributes of the resource: {@code --mtu type=int 1400},
 * {@code --tags list=true a}, {@code --dns-nameservers 8.8.8.8 8.8.4.4}, {@code --shared}, {@code --gateway_ip
 * action=clear}. Types are str (the default), int, bool and dict; several values make a list, and none makes True.
 */
public final class FreeAttributes {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?j?");
    private static final Map<String, Reading> TYPES =
            Map.of("str", Reading.TEXT, "int", Reading.INTEGER, "bool", Reading.BOOLEAN, "dict", Reading.DICTIONARY);

    private final List<String> words;
    private final Map<String, Given> options = new LinkedHashMap<>();

    private static final class Given {
        final String option;
        final boolean closed;
        final List<String> values = new ArrayList<>();

        @Nullable
        String type;

        boolean list;
        boolean clear;

        Given(String option, boolean closed) {
            this.option = option;
            this.closed = closed;
        }
    }

    private FreeAttributes(List<String> words) {
        this.words = words;
    }

    /**
     * The attributes that a command's unknown words mean; where the command has a list option of the same target, the
     * values join its list instead.
     */
    public static Map<String, JsonNode> of(Parsed parsed) {
        var attributes = parse(parsed.rest());
        attributes.entrySet().removeIf(entry -> joins(parsed, entry.getKey(), entry.getValue()));
        return attributes;
    }

    static Map<String, JsonNode> parse(List<String> words) {
        return new FreeAttributes(words).run();
    }

    private static boolean joins(Parsed parsed, String name, JsonNode value) {
        boolean same = parsed.value(name)
                .filter(list -> list instanceof ArrayNode
                        && value instanceof ArrayNode
                        && list.get(0).getNodeType() == value.get(0).getNodeType())
                .isPresent();
        if (same) {
            value.forEach(item -> parsed.append(name, item));
        }
        return same;
    }

    private Map<String, JsonNode> run() {
        Given current = null;
        for (var word : !words.isEmpty() && words.getFirst().equals("--") ? words.subList(1, words.size()) : words) {
            current = word.startsWith("--") ? open(word) : take(current, word);
        }
        var attributes = new LinkedHashMap<String, JsonNode>();
        options.values()
                .forEach(given -> attributes.put(given.option.substring(2).replace('-', '_'), value(given)));
        return attributes;
    }

    private Given open(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (word.startsWith("---") || name.equals("--")) {
            throw invalid(String.join(" ", words));
        }
        var given = new Given(name, equals >= 0);
        if (equals >= 0) {
            given.values.add(word.substring(equals + 1));
        }
        if (options.putIfAbsent(name, given) != null) {
            throw new Failure("Duplicated options " + String.join(" ", words));
        }
        return given;
    }

    private Given take(@Nullable Given current, String word) {
        if (current == null) {
            throw invalid(String.join(" ", words));
        }
        if (word.startsWith("type=") && current.type == null) {
            current.type = word.substring("type=".length());
            if (!TYPES.containsKey(current.type)) {
                throw new Failure("Invalid value_specs " + String.join(" ", words) + ": type " + current.type
                        + " is not supported");
            }
        } else if (word.equals("list=true")) {
            current.list = true;
        } else if (word.equals("action=clear")) {
            current.clear = true;
        } else if (current.closed
                || (word.startsWith("-") && !NUMBER.matcher(word).matches())) {
            throw invalid(String.join(" ", words));
        } else {
            current.values.add(word);
        }
        return current;
    }

    private JsonNode value(Given given) {
        if (given.values.isEmpty()) {
            if (given.type != null || given.list) {
                throw invalid(String.join(" ", words));
            }
            return given.clear ? NullNode.instance : BooleanNode.TRUE;
        }
        var reading = given.type == null ? Reading.TEXT : TYPES.getOrDefault(given.type, Reading.TEXT);
        try {
            if (given.values.size() == 1 && !given.list) {
                return reading.read(given.values.getFirst());
            }
            var list = JsonNodeFactory.instance.arrayNode();
            given.values.forEach(value -> list.add(reading.read(value)));
            return list;
        } catch (UsageFailure e) {
            throw new UsageFailure("argument " + given.option + ": " + e.text());
        }
    }

    private static Failure invalid(String words) {
        return new Failure("Invalid values_specs " + words);
    }
}
