package io.isospin.cli.output;

import io.isospin.cli.failure.Failure;
import io.isospin.core.schema.PythonText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Prints lists and single items. */
public record Printer(Format format, PrintStream out) {

    /**
     * A list.
     *
     * @param columns in the order in which they are shown
     */
    public void list(List<String> columns, List<List<JsonNode>> rows) {
        if (columns.isEmpty() && !format.columns().isEmpty() && !rows.isEmpty()) {
            throw unknownColumns("[]");
        }
        var sorted = sorted(columns, rows);
        switch (format.name()) {
            case "json" -> out.println(json(array(columns, sorted)));
            case "yaml" -> out.print(Yaml.write(array(columns, sorted)));
            case "csv" -> {
                var csv = new Csv(format.quote());
                out.print(csv.row(columns.stream()
                        .map(column -> (JsonNode) StringNode.valueOf(column))
                        .toList()));
                sorted.forEach(row -> out.print(csv.row(row)));
            }
            case "value" ->
                sorted.forEach(
                        row -> out.println(row.stream().map(PythonText::str).collect(Collectors.joining(" "))));
            default -> out.print(table(columns, sorted));
        }
    }

    /** One item, its attributes in the order of their names. */
    public void one(ObjectNode item) {
        var names = item.propertyNames().stream().sorted().toList();
        var shown = format.columns().isEmpty()
                ? names
                : names.stream().filter(format.columns()::contains).toList();
        if (shown.isEmpty() && !names.isEmpty()) {
            throw unknownColumns(names.stream()
                    .map(PythonText::quote)
                    .collect(Collectors.joining(", ", "(", names.size() == 1 ? ",)" : ")")));
        }
        switch (format.name()) {
            case "json" -> {
                var object = JsonNodeFactory.instance.objectNode();
                shown.forEach(name -> object.set(name, item.get(name)));
                out.println(json(object));
            }
            case "yaml" ->
                shown.forEach(name -> out.print(
                        Yaml.write(JsonNodeFactory.instance.objectNode().set(name, item.get(name)))));
            case "value" -> shown.forEach(name -> out.println(PythonText.str(item.path(name))));
            case "shell" -> shown.forEach(name -> out.println(shell(name, item.path(name))));
            default -> {
                var table = new Table(List.of("Field", "Value"), List.of(false, false));
                shown.forEach(name -> table.add(List.of(name, cell(item.path(name)))));
                out.print(shown.isEmpty() ? "\n" : table.draw(format.width(), 16));
            }
        }
    }

    private String table(List<String> columns, List<List<JsonNode>> rows) {
        if (rows.isEmpty() && !format.printEmpty()) {
            return "\n";
        }
        // Numbers stand at the right, as the first row has them.
        var right = new ArrayList<Boolean>();
        for (int i = 0; i < columns.size(); i++) {
            right.add(!rows.isEmpty() && rows.getFirst().get(i).isNumber());
        }
        var table = new Table(columns, right);
        rows.forEach(row -> table.add(row.stream().map(Printer::cell).toList()));
        return table.draw(format.width(), 8);
    }

    private static String cell(JsonNode value) {
        return PythonText.str(value).replace("\r\n", "\n").replace('\r', ' ');
    }

    private List<List<JsonNode>> sorted(List<String> columns, List<List<JsonNode>> rows) {
        var result = new ArrayList<>(rows);
        for (var column : format.sortColumns().reversed()) {
            int at = columns.indexOf(column);
            if (at >= 0) {
                Comparator<List<JsonNode>> order = Comparator.comparing(row -> row.get(at), Printer::compare);
                result.sort(format.descending() ? order.reversed() : order);
            }
        }
        return result;
    }

    private static int compare(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber()
                ? Double.compare(left.doubleValue(), right.doubleValue())
                : PythonText.str(left).compareTo(PythonText.str(right));
    }

    private static JsonNode array(List<String> columns, List<List<JsonNode>> rows) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var row : rows) {
            var object = array.addObject();
            for (int i = 0; i < columns.size(); i++) {
                object.set(columns.get(i), row.get(i));
            }
        }
        return array;
    }

    private String json(JsonNode value) {
        return new PythonJson(format.oneLine() ? 0 : 2).write(value);
    }

    private String shell(String name, JsonNode value) {
        String text = PythonText.str(value);
        return format.prefix() + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[ :-]", "_") + "=\""
                + (value.isString() ? text.replace("\"", "\\\"") : text) + '"';
    }

    private Failure unknownColumns(String known) {
        String asked = format.columns().stream().map(PythonText::quote).collect(Collectors.joining(", ", "[", "]"));
        return new Failure("No recognized column names in " + asked + ". Recognized columns are " + known + ".");
    }
}
