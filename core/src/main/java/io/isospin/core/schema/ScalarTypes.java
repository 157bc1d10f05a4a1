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
import tools.jackson.databind.node.StringNode;

/** Types of single values, with the messages of neutron-lib's {@code api/validators}. */
public final class ScalarTypes {
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");
    private static final Set<String> TRUE = Set.of("true", "1", "t", "on", "yes", "y");
    private static final Set<String> FALSE = Set.of("false", "0", "f", "off", "no", "n");

    public static final Type BOOLEAN = new Type.Converted(value -> {
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

    public static final Type ID = value -> {
        if (!value.isString() || !UUID.matcher(value.stringValue()).matches()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid UUID");
        }
        return value;
    };

    public static final Type ADDRESS = value -> {
        if (!value.isString() || !IpAddress.isAddress(value.stringValue())) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid IP address");
        }
        return StringNode.valueOf(IpAddress.parse(value.stringValue()).toString());
    };

    public static final Type MAC = value -> {
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
    };

    public static final Type PREFIX = value -> {
        try {
            if (value.isString()) {
                return StringNode.valueOf(IpPrefix.parse(value.stringValue()).toString());
            }
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            throw new InvalidValue(reason.contains("recommended") ? reason : notASubnet(value));
        }
        throw new InvalidValue(notASubnet(value));
    };

    private ScalarTypes() {}

    /** A word in any case, with space around it or not. */
    public static Type lowerCase() {
        var text = text(255);
        return value ->
                StringNode.valueOf(text.convert(value).stringValue().strip().toLowerCase(Locale.ROOT));
    }

    private static String notASubnet(JsonNode value) {
        return "'" + PythonText.str(value) + "' is not a valid IP subnet";
    }

    /** Text of at most {@code limit} characters. */
    public static Type text(int limit) {
        return value -> {
            if (!value.isString()) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid string");
            }
            String text = value.stringValue();
            if (text.codePointCount(0, text.length()) > limit) {
                throw new InvalidValue("'" + text + "' exceeds maximum length of " + limit);
            }
            return value;
        };
    }

    /** Text of at least one character that is not white space. */
    public static Type nonEmptyText(int limit) {
        Type text = text(limit);
        return value -> {
            if (text.convert(value).stringValue().isBlank()) {
                throw new InvalidValue("'" + value.stringValue() + "' Blank strings are not permitted");
            }
            return value;
        };
    }

    public static Type oneOf(String... values) {
        var allowed = List.of(values);
        String shown = allowed.stream().map(PythonText::quote).collect(Collectors.joining(", ", "[", "]"));
        return value -> {
            if (!value.isString() || !allowed.contains(value.stringValue())) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not in " + shown);
            }
            return value;
        };
    }

    /** Any whole number, also as text. */
    public static final Type INTEGER = new Type.Converted(value -> {
        if (value.isInt()) {
            return value;
        }
        try {
            if (value.isString()) {
                return IntNode.valueOf(Integer.parseInt(value.stringValue().strip()));
            }
        } catch (NumberFormatException e) {
            throw new InvalidValue("'" + value.stringValue() + "' is not an integer");
        }
        throw new InvalidValue("'" + PythonText.str(value) + "' is not an integer");
    });

    /** A whole number that is not negative. */
    public static final Type COUNT = new Type.Converted(value -> {
        var number = INTEGER.convert(value);
        if (number.intValue() < 0) {
            throw new InvalidValue("'" + PythonText.str(value) + "' should be non-negative");
        }
        return number;
    });

    public static Type integer(int lowest, int highest) {
        return new Type.Converted(value -> {
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
        return new Type.Converted(value -> {
            var number = INTEGER.convert(value);
            if (!allowed.contains(number.intValue())) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not in " + allowed);
            }
            return number;
        });
    }
}
