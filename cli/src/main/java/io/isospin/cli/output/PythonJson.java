package io.isospin.cli.output;

import tools.jackson.databind.JsonNode;

/**
 * JSON as Python's {@code json.dumps} writes it: a blank behind commas and colons, and ASCII alone.
 *
 * @param indent blanks a level, each item on its own line; 0 for one line
 */
public record PythonJson(int indent) {

    public String write(JsonNode value) {
        var text = new StringBuilder();
        write(value, text, 0);
        return text.toString();
    }

    private void write(JsonNode value, StringBuilder text, int depth) {
        switch (value.getNodeType()) {
            case STRING -> quote(value.stringValue(), text);
            case ARRAY -> {
                text.append('[');
                boolean first = true;
                for (var item : value) {
                    separate(text, first, depth + 1);
                    write(item, text, depth + 1);
                    first = false;
                }
                close(text, first, depth);
                text.append(']');
            }
            case OBJECT -> {
                text.append('{');
                boolean first = true;
                for (var entry : value.properties()) {
                    separate(text, first, depth + 1);
                    quote(entry.getKey(), text);
                    text.append(": ");
                    write(entry.getValue(), text, depth + 1);
                    first = false;
                }
                close(text, first, depth);
                text.append('}');
            }
            case BOOLEAN -> text.append(value.booleanValue());
            case NUMBER -> text.append(value);
            default -> text.append("null");
        }
    }

    private void separate(StringBuilder text, boolean first, int depth) {
        if (!first) {
            text.append(indent > 0 ? "," : ", ");
        }
        if (indent > 0) {
            text.append('\n').repeat(' ', indent * depth);
        }
    }

    private void close(StringBuilder text, boolean empty, int depth) {
        if (indent > 0 && !empty) {
            text.append('\n').repeat(' ', indent * depth);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ' || c > '~') {
                        text.append("\\u");
                        String hex = Integer.toHexString(c);
                        text.repeat('0', 4 - hex.length()).append(hex);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
