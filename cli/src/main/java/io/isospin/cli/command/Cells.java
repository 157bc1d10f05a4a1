package io.isospin.cli.command;

import io.isospin.cli.output.PythonJson;
import io.isospin.core.schema.PythonText;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values as the cells of a table show them. */
final class Cells {
    private static final JsonNode EMPTY = StringNode.valueOf("");

    private Cells() {}

    /** Each item as JSON on a line of its own; nothing for what is no list. */
    static JsonNode jsonLines(JsonNode list) {
        var json = new PythonJson(0);
        return StringNode.valueOf(list.valueStream().map(json::write).collect(Collectors.joining("\n")));
    }

    static JsonNode orEmpty(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? EMPTY : value;
    }

    /** One item for a table: lists by lines, dictionaries as JSON, null as nothing. */
    static ObjectNode item(JsonNode item, int indent) {
        var shown = JsonNodeFactory.instance.objectNode();
        item.properties().forEach(entry -> shown.set(entry.getKey(), detail(entry.getValue(), indent)));
        return shown;
    }

    private static JsonNode detail(JsonNode value, int indent) {
        var json = new PythonJson(indent);
        return switch (value.getNodeType()) {
            case ARRAY ->
                StringNode.valueOf(value.valueStream()
                        .map(element -> element.isObject() ? json.write(element) : PythonText.str(element))
                        .collect(Collectors.joining("\n")));
            case OBJECT -> StringNode.valueOf(json.write(value));
            case NULL -> EMPTY;
            default -> value;
        };
    }
}
