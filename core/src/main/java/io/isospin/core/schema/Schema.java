package io.isospin.core.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A JSON Schema (2020-12, which is OpenAPI 3.1's) of the values that a type takes. It never changes. */
public final class Schema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Any value. */
    public static final Schema ANY = new Schema(JSON.objectNode());

    private final ObjectNode json;

    private Schema(ObjectNode json) {
        this.json = json;
    }

    /** {@code type}: string, integer, boolean, array or object. */
    public static Schema of(String type) {
        return ANY.with("type", type);
    }

    public static Schema text(int longest) {
        return of("string").with("maxLength", longest);
    }

    /** Text of one form. {@code example}: one that has it. */
    public static Schema pattern(String pattern, String example) {
        return of("string").with("pattern", pattern).example(example);
    }

    public static Schema oneOf(List<String> values) {
        var all = JSON.arrayNode();
        values.forEach(all::add);
        return of("string").with("enum", all);
    }

    /** A whole number, of 32 bits with its sign. */
    public static Schema integer() {
        return of("integer").with("format", "int32");
    }

    /** A schema of the description's components. */
    public static Schema reference(String component) {
        return ANY.with("$ref", "#/components/schemas/" + component);
    }

    public static Schema listOf(Schema item) {
        return of("array").with("items", item.json);
    }

    /** An object with no other keys than those that {@link #key} adds. */
    public static Schema object() {
        return of("object").with("properties", JSON.objectNode()).with("additionalProperties", JSON.booleanNode(false));
    }

    /** An object of any keys, with one kind of value. */
    public static Schema mapOf(Schema value) {
        return of("object").with("additionalProperties", value.json);
    }

    public static Schema anyOf(Schema... schemas) {
        var all = JSON.arrayNode();
        for (var schema : schemas) {
            all.add(schema.json);
        }
        return ANY.with("anyOf", all);
    }

    public Schema with(String keyword, JsonNode value) {
        var next = json.deepCopy();
        next.set(keyword, value.deepCopy());
        return new Schema(next);
    }

    public Schema with(String keyword, String value) {
        return with(keyword, StringNode.valueOf(value));
    }

    public Schema with(String keyword, int value) {
        return with(keyword, IntNode.valueOf(value));
    }

    /** Shows what a value looks like. */
    public Schema example(String value) {
        return with("examples", JSON.arrayNode().add(value));
    }

    /** No item twice. */
    public Schema distinct() {
        return with("uniqueItems", JSON.booleanNode(true));
    }

    /** A key that may be there. */
    public Schema key(String name, Schema value) {
        var next = json.deepCopy();
        next.withObject("properties").set(name, value.json.deepCopy());
        return new Schema(next);
    }

    /** A key that must be there. */
    public Schema mustKey(String name, Schema value) {
        var next = key(name, value);
        next.json.withArray("required").add(name);
        return next;
    }

    /** These values, or null. */
    public Schema orNull() {
        if (!json.path("type").isString()) {
            return anyOf(this, of("null"));
        }
        var next = json.deepCopy();
        next.putArray("type").add(json.path("type")).add("null");
        if (json.has("enum")) {
            next.withArray("enum").addNull();
        }
        return new Schema(next);
    }

    /** Whether null is one of the values. */
    boolean hasNull() {
        var type = json.path("type");
        return type.asString("").equals("null")
                || type.valueStream().anyMatch(one -> one.asString("").equals("null"))
                || json.path("anyOf")
                        .valueStream()
                        .anyMatch(one -> one.path("type").asString("").equals("null"));
    }

    /** The schema as JSON, for who asks to keep and to change. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
