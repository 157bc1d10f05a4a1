package io.isospin.server.api;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.InvalidValue;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** The values that a filter's texts mean; an empty text is what the attribute has for none. */
public final class FilterValues {
    private FilterValues() {}

    /** @throws BadRequest for a text that cannot be a value of the attribute */
    public static List<JsonNode> of(Attribute attribute, List<String> texts) {
        return texts.stream().map(text -> value(attribute, text)).toList();
    }

    private static JsonNode value(Attribute attribute, String text) {
        try {
            return text.isEmpty()
                    ? attribute.type().orNull().convert(NullNode.instance)
                    : attribute.type().fromQuery(text);
        } catch (InvalidValue e) {
            throw BadRequest.input(String.valueOf(e.getMessage()));
        }
    }
}
