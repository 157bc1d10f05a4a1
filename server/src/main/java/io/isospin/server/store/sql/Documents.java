package io.isospin.server.store.sql;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a resource's documents lie in its table: the text, and the columns beside it, from the resource's attributes. */
final class Documents {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Documents() {}

    static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JacksonException e) {
            throw new StoreException("a document in the database is not JSON: " + text, e);
        }
    }

    /** Column to attribute, each column once. */
    static Map<String, Attribute> columns(Resource resource) {
        var columns = new LinkedHashMap<String, Attribute>();
        for (var attribute : resource.attributes().values()) {
            if (attribute.column() != null) {
                columns.putIfAbsent(attribute.column(), attribute);
            }
        }
        return columns;
    }

    static String insertSql(Resource resource) {
        var columns = columns(resource).keySet();
        return "INSERT INTO " + resource.collection() + " (" + String.join(", ", columns) + ", doc) VALUES ("
                + "?, ".repeat(columns.size()) + "?)";
    }

    static String updateSql(Resource resource) {
        return "UPDATE " + resource.collection() + " SET "
                + columns(resource).keySet().stream()
                        .filter(column -> !column.equals("id"))
                        .map(column -> column + " = ?, ")
                        .collect(Collectors.joining())
                + "doc = ? WHERE id = ?";
    }

    static Object[] insertValues(Resource resource, ObjectNode document) {
        return values(resource, document, true).toArray();
    }

    static Object[] updateValues(Resource resource, ObjectNode document) {
        var values = values(resource, document, false);
        values.add(document.path("id").asString());
        return values.toArray();
    }

    private static List<Object> values(Resource resource, ObjectNode document, boolean withId) {
        var values = new ArrayList<Object>();
        for (var attribute : columns(resource).values()) {
            if (withId || !attribute.name().equals("id")) {
                var value = document.path(attribute.name());
                values.add(value.isBoolean() ? (Object) value.booleanValue() : value.asString(""));
            }
        }
        values.add(document.toString());
        return values;
    }
}
