package io.isospin.server;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values out of the schemas of a description: right ones, and right ones with one thing broken. */
final class FuzzValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double OPTIONAL = 0.15;
    private static final String LETTERS = "abcXYZ019 -_.,;:'\"\\/<>%äß中🎉";

    private final JsonNode document;
    private final Random random;
    private final Map<String, List<String>> ids = new HashMap<>();
    private int block;

    FuzzValues(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    /** The ids that are there, by the path of their collection. */
    List<String> ids(String collection) {
        return ids.computeIfAbsent(collection, key -> new ArrayList<>());
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
    }

    /** A value as a schema has it; ids name what is there. */
    JsonNode right(JsonNode given) {
        var schema = resolved(given);
        if (schema.has("x-isospin-collection") && chance(0.97)) {
            var known = ids(schema.path("x-isospin-collection").asString());
            if (!known.isEmpty()) {
                return JSON.stringNode(one(known));
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
        }
        if (schema.has("examples") && chance(0.9)) {
            return varied(schema);
        }
        if (schema.has("anyOf") && !schema.path("type").asString("").equals("string")) {
            var any = schema.path("anyOf");
            return right(any.path(chance(0.8) ? 0 : random.nextInt(any.size())));
        }
        var type = schema.path("type");
        if (type.isArray()) {
            return chance(0.2) ? JSON.nullNode() : right(((ObjectNode) schema.deepCopy()).set("type", type.path(0)));
        }
        return switch (type.asString("")) {
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(integer(schema));
            case "null" -> JSON.nullNode();
            case "array" -> array(schema);
            case "object" -> object(schema);
            default -> JSON.stringNode(string(schema));
        };
    }

    private JsonNode varied(JsonNode schema) {
        String example = schema.path("examples").path(0).asString("");
        return switch (schema.path("format").asString("")) {
            case "cidr" -> JSON.stringNode(cidr());
            default ->
                JSON.stringNode(
                        example.startsWith("fa:16:3e")
                                ? "fa:16:3e:%02x:%02x:%02x"
                                        .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256))
                                : example);
        };
    }

    /** A block that no other has. */
    String cidr() {
        block++;
        return "10." + (block >> 8 & 255) + "." + (block & 255) + ".0/24";
    }

    private int integer(JsonNode schema) {
        int lowest = schema.path("minimum").asInt(1);
        int highest = (int) Math.min(schema.path("maximum").asLong(Long.MAX_VALUE), lowest + 2000L);
        return lowest + random.nextInt(highest - lowest + 1);
    }

    private String string(JsonNode schema) {
        if (schema.path("format").asString("").equals("uuid")) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        if (schema.path("format").asString("").equals("date-time")) {
            return "2026-01-01T00:00:00Z";
        }
        int longest = schema.path("maxLength").asInt(255);
        return text(chance(0.05) ? longest : schema.path("minLength").asInt(0) + random.nextInt(Math.min(longest, 20)));
    }

    /** As many characters, beyond the basic plane too. */
    String text(int length) {
        var points = LETTERS.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private JsonNode array(JsonNode schema) {
        var array = JSON.arrayNode();
        int size = Math.max(schema.path("minItems").asInt(0), random.nextInt(3));
        for (int i = 0; i < size; i++) {
            var item = right(schema.path("items"));
            if (!schema.path("uniqueItems").asBoolean(false)
                    || array.valueStream().noneMatch(item::equals)) {
                array.add(item);
            }
        }
        return array;
    }

    private JsonNode object(JsonNode schema) {
        var object = JSON.objectNode();
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || chance(OPTIONAL)) {
                object.set(property.getKey(), right(property.getValue()));
            }
        });
        if (object.size() < schema.path("minProperties").asInt(0)) {
            schema.path("properties").properties().stream()
                    .findFirst()
                    .ifPresent(property -> object.set(property.getKey(), right(property.getValue())));
        }
        return object;
    }

    /** How a body was broken, and whether there is no reading of it that is right. */
    record Broken(JsonNode body, String how, boolean certain) {}

    /** A right body with one attribute broken; {@code schema}: that of the attributes within. */
    Broken broken(JsonNode body, JsonNode schema) {
        var copy = body.deepCopy();
        var inner = copy.valueStream().findFirst().orElse(copy);
        if (inner instanceof ArrayNode several && !several.isEmpty()) {
            inner = several.path(0);
        }
        if (!(inner instanceof ObjectNode attributes)) {
            return new Broken(JSON.stringNode("x"), "no object", false);
        }
        var names = List.copyOf(schema.path("properties").propertyNames());
        switch (random.nextInt(6)) {
            case 0 -> {
                attributes.put("no_such_attribute", 1);
                return new Broken(copy, "an unknown attribute", true);
            }
            case 1 -> {
                if (schema.has("required")) {
                    String name = one(schema.path("required")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
                    attributes.remove(name);
                    return new Broken(copy, name + " missing", true);
                }
            }
            case 2 -> {
                var texts = names.stream()
                        .filter(name -> schema.path("properties").path(name).has("maxLength"))
                        .toList();
                if (!texts.isEmpty()) {
                    String name = one(texts);
                    int longest = schema.path("properties")
                            .path(name)
                            .path("maxLength")
                            .asInt();
                    attributes.put(name, text(longest + 1 + random.nextInt(5000)));
                    return new Broken(copy, name + " too long", true);
                }
            }
            default -> {
                // what follows
            }
        }
        if (names.isEmpty()) {
            return new Broken(JSON.arrayNode(), "a list", false);
        }
        String name = one(names);
        if (!attributes.has(name) || chance(0.3)) {
            attributes.set(name, chance(0.5) ? right(schema.path("properties").path(name)) : odd());
        }
        breakWithin(attributes, name);
        return new Broken(copy, name + " odd", false);
    }

    /** Puts something odd in the place of an attribute, or of something deep within it. */
    private void breakWithin(ObjectNode parent, String name) {
        switch (parent.path(name)) {
            case ObjectNode object
            when !object.isEmpty() && chance(0.8) -> breakWithin(object, one(List.copyOf(object.propertyNames())));
            case ArrayNode array
            when !array.isEmpty() && chance(0.8) -> {
                int index = random.nextInt(array.size());
                if (array.path(index) instanceof ObjectNode item && !item.isEmpty() && chance(0.8)) {
                    breakWithin(item, one(List.copyOf(item.propertyNames())));
                } else {
                    array.set(index, odd());
                }
            }
            default -> parent.set(name, odd());
        }
    }

    /** A value that hardly anything takes. */
    JsonNode odd() {
        return switch (random.nextInt(22)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(-1);
            case 2 -> JSON.numberNode(Long.MAX_VALUE);
            case 3 -> JSON.numberNode(new BigInteger("9".repeat(400)));
            case 4 -> JSON.numberNode(1.5e300);
            case 5 -> JSON.objectNode().put("a", 1);
            case 6 -> JSON.arrayNode().add(JSON.arrayNode());
            case 7 -> JSON.stringNode("\u0000");
            case 8 -> JSON.stringNode("\ud800");
            case 9 -> JSON.stringNode("'; DROP TABLE ports; --");
            case 10 -> JSON.stringNode("../../../../etc/passwd");
            case 11 -> JSON.stringNode("x".repeat(70_000));
            case 12 -> JSON.arrayNode().add(JSON.nullNode()).add(JSON.objectNode());
            case 13 -> JSON.stringNode("0.0.0.0/0");
            case 14 -> JSON.stringNode("::/0");
            case 15 -> JSON.stringNode("255.255.255.255");
            case 16 -> JSON.stringNode("::ffff:10.0.0.1");
            case 17 -> JSON.stringNode("fe80::1%eth0");
            case 18 -> JSON.numberNode(Integer.MAX_VALUE);
            case 19 -> JSON.numberNode(Integer.MIN_VALUE);
            case 20 -> JSON.booleanNode(true);
            default -> JSON.stringNode("");
        };
    }
}
