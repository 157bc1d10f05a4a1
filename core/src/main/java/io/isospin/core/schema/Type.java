package io.isospin.core.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What values an attribute takes: how they are read, what is said of those that are none, and how they are described. */
public interface Type {
    /**
     * The canonical form of a value that a client sent.
     *
     * @throws InvalidValue with the reason
     */
    JsonNode convert(JsonNode value);

    /** Values in canonical form, as answers show them. */
    Schema schema();

    /** Values as a request may give them. There are others that are taken too, for clients that always sent them. */
    default Schema accepted() {
        return schema();
    }

    /** The value that a filter in a query string means. Text is compared as it is, whether or not it could be a value. */
    default JsonNode fromQuery(String text) {
        return StringNode.valueOf(text);
    }

    /** This type, or null. */
    default Type orNull() {
        return of(schema().orNull(), accepted().orNull(), value -> value.isNull() ? value : convert(value));
    }

    /** This type, of which answers may show null where there is no value, though a request cannot set that. */
    default Type nullInAnswers() {
        return of(schema().orNull(), accepted(), this::convert);
    }

    /** How a value comes into canonical form. */
    @FunctionalInterface
    interface Conversion {
        /** @throws InvalidValue with the reason */
        JsonNode convert(JsonNode value);
    }

    static Type of(Schema schema, Conversion conversion) {
        return of(schema, schema, conversion);
    }

    static Type of(Schema schema, Schema accepted, Conversion conversion) {
        return new Declared(schema, accepted, conversion);
    }

    /** Values that answers show and no request gives. */
    static Type shown(Schema schema) {
        return of(schema, value -> value);
    }

    /** A type whose values are text, or more than one value. */
    record Declared(Schema schema, Schema accepted, Conversion conversion) implements Type {
        @Override
        public JsonNode convert(JsonNode value) {
            return conversion.convert(value);
        }
    }

    /** A type whose values are not text: a filter's text is converted. */
    record Converted(Schema schema, Schema accepted, Conversion conversion) implements Type {
        @Override
        public JsonNode convert(JsonNode value) {
            return conversion.convert(value);
        }

        @Override
        public JsonNode fromQuery(String text) {
            return convert(StringNode.valueOf(text));
        }

        @Override
        public Type nullInAnswers() {
            return new Converted(schema.orNull(), accepted, conversion);
        }
    }
}
