package io.isospin.core.schema;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Types of single values, with the messages of neutron-lib's {@code api/validators}. */
public final class ScalarTypes {
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");
    private static final Set<String> TRUE = Set.of("true", "1", "t", "on", "yes", "y");
    private static final Set<String> FALSE = Set.of("false", "0", "f", "off", "no", "n");
    private static final Schema COUNTS = Schema.integer().with("minimum", 0);
    private static final Schema MAC_SCHEMA = Schema.pattern("^[0-9a-f]{2}(:[0-9a-f]{2}){5}$", "fa:16:3e:00:00:01");
    /** No group's address, and not all zeros. */
    private static final Schema ACCEPTED_MAC = Schema.pattern(
            "^(?!00([:-]00){5}$)[0-9a-fA-F][02468aceACE]((:[0-9a-fA-F]{2}){5}|(-[0-9a-fA-F]{2}){5})$",
            "fa:16:3e:00:00:01");

    private static final Schema PREFIX_SCHEMA =
            Schema.pattern("^[0-9a-fA-F.:]+/[0-9]{1,3}$", "192.0.2.0/24").with("format", "cidr");

    public static final Type BOOLEAN = new Type.Converted(Schema.of("boolean"), acceptedBoolean(), value -> {
        if (value.isBoolean()) {
            return value;
        }
        String text = PythonText.str(value).toLowerCase(Locale.ROOT);
        if (TRUE.contains(text) && !value.isNull()) {
            return BooleanNode.TRUE;
        }
        if (FALSE.contains(text)) {
            return BooleanNode.FALSE;
        }
        throw new InvalidValue("'" + PythonText.str(value) + "' cannot be converted to boolean");
    });

    public static final Type ID = Type.of(Schema.of("string").with("format", "uuid"), value -> {
        if (!value.isString() || !UUID.matcher(value.stringValue()).matches()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid UUID");
        }
        return value;
    });

    public static final Type ADDRESS = Type.of(address(), value -> {
        if (!value.isString() || !IpAddress.isAddress(value.stringValue())) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid IP address");
        }
        return StringNode.valueOf(IpAddress.parse(value.stringValue()).toString());
    });

    public static final Type MAC = Type.of(MAC_SCHEMA, ACCEPTED_MAC, value -> {
        if (!value.isString()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid MAC address");
        }
        try {
            var mac = MacAddress.parse(value.stringValue());
            if (mac.value() == 0 || (mac.value() >>> 40 & 1) == 1) {
                throw new IllegalArgumentException("all zeros or a group address");
            }
            return StringNode.valueOf(mac.toString());
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("'" + value.stringValue() + "' is not a valid MAC address");
        }
    });

    /** A network's address and its length. */
    public static final Type PREFIX = Type.of(PREFIX_SCHEMA, value -> {
        try {
            if (value.isString()) {
                return StringNode.valueOf(IpPrefix.parse(value.stringValue()).toString());
            }
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            throw new InvalidValue(reason.contains("recommended") ? reason : notASubnet(value));
        }
        throw new InvalidValue(notASubnet(value));
    });

    /** A time of day and date in UTC, which the server gives. */
    public static final Type TIME = Type.shown(Schema.of("string").with("format", "date-time"));

    private ScalarTypes() {}

    private static Schema acceptedBoolean() {
        var words = JsonNodeFactory.instance.arrayNode();
        for (var word : List.of("true", "false", "True", "False", "yes", "no", "on", "off", "1", "0")) {
            words.add(word);
        }
        return Schema.anyOf(
                Schema.of("boolean"), Schema.ANY.with("enum", words.add(1).add(0)));
    }

    private static Schema address() {
        var format = Schema.ANY;
        return Schema.of("string")
                .with(
                        "anyOf",
                        Schema.anyOf(format.with("format", "ipv4"), format.with("format", "ipv6"))
                                .json()
                                .path("anyOf"))
                .example("192.0.2.10");
    }

    /** A number, or its digits as text. */
    private static Schema orDigits(Schema number, String example) {
        return Schema.anyOf(number, Schema.pattern("^-?[0-9]+$", example));
    }

    /** A word in any case, with space around it or not. */
    public static Type lowerCase() {
        var text = text(255);
        return Type.of(
                text.schema(),
                value -> StringNode.valueOf(
                        text.convert(value).stringValue().strip().toLowerCase(Locale.ROOT)));
    }

    private static String notASubnet(JsonNode value) {
        return "'" + PythonText.str(value) + "' is not a valid IP subnet";
    }

    /** Text of at most {@code limit} characters. */
    public static Type text(int limit) {
        return Type.of(Schema.text(limit), value -> {
            if (!value.isString()) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid string");
            }
            String text = value.stringValue();
            if (text.codePointCount(0, text.length()) > limit) {
                throw new InvalidValue("'" + text + "' exceeds maximum length of " + limit);
            }
            return value;
        });
    }

    /** Text of at least one character that is not white space. */
    public static Type nonEmptyText(int limit) {
        Type text = text(limit);
        return Type.of(text.schema().with("minLength", 1).with("pattern", "\\S"), value -> {
            if (text.convert(value).stringValue().isBlank()) {
                throw new InvalidValue("'" + value.stringValue() + "' Blank strings are not permitted");
            }
            return value;
        });
    }

    public static Type oneOf(String... values) {
        var allowed = List.of(values);
        String shown = allowed.stream().map(PythonText::quote).collect(Collectors.joining(", ", "[", "]"));
        return Type.of(Schema.oneOf(allowed), value -> {
            if (!value.isString() || !allowed.contains(value.stringValue())) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not in " + shown);
            }
            return value;
        });
    }

    /** Any whole number, also as text. */
    public static final Type INTEGER =
            new Type.Converted(Schema.integer(), orDigits(Schema.integer(), "100"), value -> {
                if (value.isInt()) {
                    return value;
                }
                try {
                    if (value.isString()) {
                        return IntNode.valueOf(
                                Integer.parseInt(value.stringValue().strip()));
                    }
                } catch (NumberFormatException e) {
                    throw new InvalidValue("'" + value.stringValue() + "' is not an integer");
                }
                throw new InvalidValue("'" + PythonText.str(value) + "' is not an integer");
            });

    /** A whole number that is not negative. */
    public static final Type COUNT = new Type.Converted(COUNTS, orDigits(COUNTS, "24"), value -> {
        var number = INTEGER.convert(value);
        if (number.intValue() < 0) {
            throw new InvalidValue("'" + PythonText.str(value) + "' should be non-negative");
        }
        return number;
    });

    public static Type integer(int lowest, int highest) {
        var schema = Schema.integer().with("minimum", lowest).with("maximum", highest);
        return new Type.Converted(schema, orDigits(schema, Integer.toString(lowest)), value -> {
            var number = INTEGER.convert(value);
            if (number.intValue() < lowest) {
                throw new InvalidValue(
                        "'" + PythonText.str(value) + "' is too small - must be at least '" + lowest + "'");
            }
            if (number.intValue() > highest) {
                throw new InvalidValue(
                        "'" + PythonText.str(value) + "' is too large - must be no larger than '" + highest + "'");
            }
            return number;
        });
    }

    public static Type oneOfIntegers(Integer... values) {
        var allowed = List.of(values);
        var numbers = JsonNodeFactory.instance.arrayNode();
        allowed.forEach(numbers::add);
        var schema = Schema.of("integer").with("enum", numbers);
        var texts = Schema.oneOf(allowed.stream().map(String::valueOf).toList());
        return new Type.Converted(schema, Schema.anyOf(schema, texts), value -> {
            var number = INTEGER.convert(value);
            if (!allowed.contains(number.intValue())) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not in " + allowed);
            }
            return number;
        });
    }
}
