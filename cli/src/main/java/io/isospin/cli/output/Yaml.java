package io.isospin.cli.output;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** YAML in block style with sorted keys, quoted where PyYAML quotes: whatever plain text would be read as another type. */
final class Yaml {
    private static final Pattern OTHER_TYPE = Pattern.compile("(?i:y|n|yes|no|on|off|true|false|null|~|=|<<)"
            + "|[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)"
            + "|[-+]?([0-9][0-9_]*)?\\.[0-9_]*([eE][-+][0-9]+)?"
            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
            + "|[-+]?\\.(?i:inf)|\\.(?i:nan)"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");
    private static final Pattern NOT_PLAIN =
            Pattern.compile("[#,\\[\\]{}&*!|>'\"%@`].*|[-?:]([ ].*)?|---.*|\\.\\.\\..*|.*: .*|.*:|.* #.*| .*|.* ");

    private Yaml() {}

    static String write(JsonNode value) {
        var text = new StringBuilder();
        if (value.isArray() && !value.isEmpty()) {
            list(value, text, 0);
        } else if (value.isObject() && !value.isEmpty()) {
            dictionary(value, text, 0);
        } else {
            text.append(scalar(value)).append('\n');
        }
        return text.toString();
    }

    private static void list(JsonNode list, StringBuilder text, int depth) {
        for (var item : list) {
            text.repeat(' ', depth).append("- ");
            if (item.isContainer() && !item.isEmpty()) {
                // The first line of what is inside stands behind the dash.
                var inner = new StringBuilder();
                if (item.isArray()) {
                    list(item, inner, depth + 2);
                } else {
                    dictionary(item, inner, depth + 2);
                }
                text.append(inner, depth + 2, inner.length());
            } else {
                text.append(scalar(item)).append('\n');
            }
        }
    }

    private static void dictionary(JsonNode dictionary, StringBuilder text, int depth) {
        var sorted = new TreeMap<String, JsonNode>();
        dictionary.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
            var value = entry.getValue();
            text.repeat(' ', depth).append(string(entry.getKey())).append(':');
            if (value.isArray() && !value.isEmpty()) {
                list(value, text.append('\n'), depth);
            } else if (value.isObject() && !value.isEmpty()) {
                dictionary(value, text.append('\n'), depth + 2);
            } else {
                text.append(' ').append(scalar(value)).append('\n');
            }
        }
    }

    private static String scalar(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> string(value.stringValue());
            case ARRAY -> "[]";
            case OBJECT -> "{}";
            case BOOLEAN, NUMBER -> value.toString();
            default -> "null";
        };
    }

    private static String string(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            return escaped(value);
        }
        return value.isEmpty()
                        || OTHER_TYPE.matcher(value).matches()
                        || NOT_PLAIN.matcher(value).matches()
                ? "'" + value.replace("'", "''") + "'"
                : value;
    }

    private static String escaped(String value) {
        var text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        text.append((char) c);
                    } else {
                        int digits = c <= 0xff ? 2 : c <= 0xffff ? 4 : 8;
                        String hex = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
                        text.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
                        text.repeat('0', digits - hex.length()).append(hex);
                    }
                }
            }
        });
        return text.append('"').toString();
    }
}
