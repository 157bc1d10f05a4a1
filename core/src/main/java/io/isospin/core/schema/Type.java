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

    /** The value that a filter in a query string means. Text is compared as it is, whether or not it could be a value. */
    default JsonNode fromQuery(String text) {
        return StringNode.valueOf(text);
    }

    /** This type, or null. */
    default Type orNull() {
        return value -> value.isNull() ? value : convert(value);
    }

    /** A type whose values are not text: a filter's text is converted. */
    record Converted(Type type) implements Type {
        @Override
        public JsonNode convert(JsonNode value) {
            return type.convert(value);
        }

        @Override
        public JsonNode fromQuery(String text) {
            return type.convert(StringNode.valueOf(text));
        }
    }
}
