package io.isospin.cli.grammar;

import io.isospin.cli.failure.UsageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** How the text after an option becomes a value. */
@FunctionalInterface
public interface Reading {
    /** @throws UsageFailure saying what is wrong with the text; the option's name is added by the caller */
    JsonNode read(String text);

    Reading TEXT = StringNode::valueOf;

    Reading LOWERCASE = text -> StringNode.valueOf(text.toLowerCase(Locale.ROOT));

    Reading UPPERCASE = text -> StringNode.valueOf(text.toUpperCase(Locale.ROOT));

    /** True for {@code true} in any case, and False for everything else. */
    Reading BOOLEAN = text -> BooleanNode.valueOf(text.equalsIgnoreCase("true"));

    Reading INTEGER = text -> {
        try {
            return JsonNodeFactory.instance.numberNode(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw new UsageFailure("invalid int value: '" + text + "'");
        }
    };

    /** {@code key=value,key=value}, with any keys. */
    Reading DICTIONARY = pairs(Set.of(), Set.of());

    /** {@code key=value,…} where the keys of {@code required} must be, and those of {@code optional} may be. */
    static Reading pairs(Set<String> required, Set<String> optional) {
        return text -> {
            var pairs = split(text);
            var known = new TreeSet<>(required);
            known.addAll(optional);
            var unknown = new TreeSet<>(pairs.keySet());
            unknown.removeAll(known);
            if (!known.isEmpty() && !unknown.isEmpty()) {
                throw new UsageFailure("Invalid key(s) '" + String.join(", ", unknown) + "' specified. Valid key(s): '"
                        + String.join(", ", known) + "'.");
            }
            var missing = new TreeSet<>(required);
            missing.removeAll(pairs.keySet());
            if (!missing.isEmpty()) {
                throw new UsageFailure("Required key(s) '" + String.join(", ", missing) + "' not specified.");
            }
            var dictionary = JsonNodeFactory.instance.objectNode();
            pairs.forEach(dictionary::put);
            return dictionary;
        };
    }

    /** A comma without a following {@code =} belongs to the value before it. */
    private static Map<String, String> split(String text) {
        var pieces = new ArrayList<String>();
        for (var piece : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            if (piece.contains("=")) {
                pieces.add(piece);
            } else if (pieces.isEmpty()) {
                throw new UsageFailure("missing value for key '" + piece + "'");
            } else {
                pieces.set(pieces.size() - 1, pieces.getLast() + "," + piece);
            }
        }
        var pairs = new LinkedHashMap<String, String>();
        for (var piece : pieces) {
            int equals = piece.indexOf('=');
            pairs.put(piece.substring(0, equals), piece.substring(equals + 1));
        }
        return pairs;
    }
}
