package io.isospin.core.schema;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values as Python prints them, since Neutron's messages quote them so and clients match the text. */
public final class PythonText {
    private PythonText() {}

    /** Python's {@code str()} of a JSON value: text bare, everything else as {@link #repr}. */
    public static String str(JsonNode value) {
        return value.isString() ? value.stringValue() : repr(value);
    }

    /** Python's {@code repr()} of a JSON value. */
    public static String repr(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "None";
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case STRING -> quote(value.stringValue());
            case ARRAY -> value.valueStream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
            case OBJECT ->
                value.properties().stream()
                        .map(entry -> quote(entry.getKey()) + ": " + repr(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    public static String quote(String text) {
        return text.indexOf('\'') >= 0 && text.indexOf('"') < 0
                ? '"' + text + '"'
                : '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
