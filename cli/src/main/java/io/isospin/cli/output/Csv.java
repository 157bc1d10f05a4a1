package io.isospin.cli.output;

import io.isospin.core.schema.PythonText;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Comma-separated values.
 *
 * @param quote all, minimal, nonnumeric or none, as Python's csv module means them
 */
record Csv(String quote) {

    String row(List<JsonNode> cells) {
        return cells.stream().map(this::cell).collect(Collectors.joining(",")) + "\n";
    }

    private String cell(JsonNode value) {
        String text = value.isNull() ? "" : PythonText.str(value);
        boolean special = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        boolean quoted = switch (quote) {
            case "all" -> true;
            case "minimal" -> special || text.contains("\\");
            case "none" -> false;
            default -> !value.isNumber() && !value.isBoolean();
        };
        if (quoted) {
            return '"' + text.replace("\"", "\"\"") + '"';
        }
        return quote.equals("none") ? text.replaceAll("([,\"\\\\\n\r])", "\\\\$1") : text;
    }
}
