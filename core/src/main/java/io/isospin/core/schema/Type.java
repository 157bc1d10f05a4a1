package io.isospin.core.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What values an attribute takes. */
@FunctionalInterface
public interface Type {
    /**
     * The canonical form of a value that a client sent.
     *
     * @throws InvalidValue with the reason
     */
    JsonNode convert(JsonNode value);

    /** The value that a filter in a query string means. */
    default JsonNode fromQuery(String text) {
        return convert(StringNode.valueOf(text));
    }

    /** This type, or null. */
    default Type orNull() {
        return value -> value.isNull() ? value : convert(value);
    }
}
