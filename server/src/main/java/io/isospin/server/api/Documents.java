package io.isospin.server.api;

import io.isospin.core.net.ResourceId;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Change;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whole documents out of what was asked: ids, times, revision numbers, and the order of the resource's table. */
public final class Documents {
    private Documents() {}

    /** A new document: {@code values} in the table's order, with an id, times and revision 1. */
    public static ObjectNode created(Resource resource, ObjectNode values, Instant now) {
        var document = JsonNodeFactory.instance.objectNode();
        for (var name : resource.attributes().keySet()) {
            var value = switch (name) {
                case "id" ->
                    JsonNodeFactory.instance.stringNode(ResourceId.random().value());
                case "created_at", "updated_at" -> JsonNodeFactory.instance.stringNode(now.toString());
                case "revision_number" -> JsonNodeFactory.instance.numberNode(1);
                case "tags" -> values.has(name) ? values.path(name) : JsonNodeFactory.instance.arrayNode();
                default -> values.get(name);
            };
            if (value != null) {
                document.set(name, value);
            }
        }
        return document;
    }

    /** {@code current} with {@code values}, as a change; none where nothing differs. */
    public static List<Change> updated(Resource resource, ObjectNode current, ObjectNode values, Instant now) {
        var next = current.deepCopy();
        values.properties().forEach(entry -> {
            if (!entry.getValue().equals(current.path(entry.getKey()))) {
                next.set(entry.getKey(), entry.getValue());
            }
        });
        if (next.equals(current)) {
            return List.of();
        }
        bump(resource, next, now);
        return List.of(Change.Update.of(resource, current, next));
    }

    /** Counts a change of a document that has revisions. */
    private static void bump(Resource resource, ObjectNode document, Instant now) {
        if (resource.attributes().containsKey("revision_number")) {
            document.put("revision_number", document.path("revision_number").asInt(0) + 1);
            document.put("updated_at", now.toString());
        }
    }

    /** The document after {@link #updated}: {@code current} itself where nothing changed. */
    public static ObjectNode after(List<Change> updates, ObjectNode current) {
        return updates.isEmpty() ? current : ((Change.Update) updates.getFirst()).document();
    }

    public static String id(ObjectNode document) {
        return document.path("id").asString();
    }

    public static String text(ObjectNode document, String name) {
        return document.path(name).asString("");
    }

    public static boolean flag(ObjectNode document, String name) {
        return document.path(name).asBoolean(false);
    }
}
