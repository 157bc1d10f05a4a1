package io.isospin.core.host;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object by its fields, each of which must have the type that is asked for.
 * Built on the streaming parser alone: an agent need not load a data-binding library for six kinds of record.
 */
record JsonFields(Map<String, @Nullable Object> values) {
    private static final JsonFactory FACTORY = new JsonFactory();
    // The deepest is an option in a reservation in a message; anything much deeper is not ours.
    private static final int DEEPEST = 16;

    static JsonFields parse(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            Object value = value(parser, 0);
            if (value instanceof JsonFields fields) {
                return fields;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static @Nullable Object value(JsonParser parser, int depth) {
        JsonToken token = parser.currentToken();
        if (token == null || depth > DEEPEST) {
            throw new IllegalArgumentException(token == null ? "JSON that ends early" : "JSON nested too deeply");
        }
        return switch (token) {
            case START_OBJECT -> {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    parser.nextToken();
                    fields.put(name, value(parser, depth + 1));
                }
                yield new JsonFields(fields);
            }
            case START_ARRAY -> {
                var items = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, depth + 1));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("JSON with an unexpected " + token);
        };
    }

    private <T> T typed(String name, Class<T> type, String what) {
        Object value = values.get(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException("'" + name + "' should be " + what + ", not " + value);
    }

    /** For a field that an earlier version does not write. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return typed(name, String.class, "a text");
    }

    @Nullable
    String textOrNull(String name) {
        return values.get(name) == null ? null : text(name);
    }

    long number(String name) {
        return typed(name, Long.class, "a number");
    }

    int integer(String name) {
        return Math.toIntExact(number(name));
    }

    boolean flag(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    /** For a field that an earlier version does not write. */
    boolean flag(String name, boolean absent) {
        return values.containsKey(name) ? flag(name) : absent;
    }

    ResourceId id(String name) {
        return new ResourceId(text(name));
    }

    @Nullable
    ResourceId idOrNull(String name) {
        return values.get(name) == null ? null : id(name);
    }

    @Nullable
    Integer integerOrNull(String name) {
        return values.get(name) == null ? null : (Integer) integer(name);
    }

    MacAddress mac(String name) {
        return MacAddress.parse(text(name));
    }

    IpAddress address(String name) {
        return IpAddress.parse(text(name));
    }

    @Nullable
    IpAddress addressOrNull(String name) {
        return values.get(name) == null ? null : address(name);
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = text(name);
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' can't be '" + text + "'", e);
        }
    }

    JsonFields object(String name) {
        return typed(name, JsonFields.class, "an object");
    }

    <T> List<T> objects(String name, Function<JsonFields, T> reader) {
        return items(name, JsonFields.class, reader);
    }

    List<String> strings(String name) {
        return items(name, String.class, text -> text);
    }

    List<IpAddress> addresses(String name) {
        return items(name, String.class, IpAddress::parse);
    }

    private <I, T> List<T> items(String name, Class<I> type, Function<I, T> reader) {
        List<?> list = typed(name, List.class, "a list");
        var out = new ArrayList<T>(list.size());
        for (Object item : list) {
            if (!type.isInstance(item)) {
                throw new IllegalArgumentException("'" + name + "' can't hold " + item);
            }
            out.add(reader.apply(type.cast(item)));
        }
        return List.copyOf(out);
    }

    Map<String, String> texts() {
        var out = new LinkedHashMap<String, String>();
        values.keySet().forEach(name -> out.put(name, text(name)));
        return out;
    }

    Map<String, Integer> integers() {
        var out = new LinkedHashMap<String, Integer>();
        values.keySet().forEach(name -> out.put(name, integer(name)));
        return out;
    }
}
