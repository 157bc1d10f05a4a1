package io.isospin.server.watch;

import static io.isospin.core.schema.History.ANSWER;

import io.isospin.core.schema.Attribute;
import io.isospin.server.store.Logged;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A row of the change log as people read it: what it made of what, who had it made, and when. */
public final class Entry {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Every change changes these, which says nothing. */
    private static final Set<String> ALWAYS = Set.of("updated_at", "revision_number");

    private Entry() {}

    /** The entry of a row, with the document that it is about as it was before and as it is after; of an answer, the port. */
    public static ObjectNode of(Logged logged, Optional<ObjectNode> before, Optional<ObjectNode> after) {
        if (logged.resource().equals(ANSWER)) {
            return answer(logged, after);
        }
        var entry = begun(logged, type(logged.kind()), logged.resource().member(), after.or(() -> before));
        entry.set("changed", logged.kind() == Logged.Kind.UPDATE ? changed(logged, after) : empty());
        return entry.putNull("report");
    }

    private static ObjectNode answer(Logged logged, Optional<ObjectNode> port) {
        var entry = begun(logged, "reported", "port", port);
        entry.set("changed", empty());
        entry.set("report", logged.detail());
        return entry;
    }

    private static ArrayNode empty() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static String type(Logged.Kind kind) {
        return switch (kind) {
            case INSERT -> "created";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
        };
    }

    private static ObjectNode begun(Logged logged, String type, String objectType, Optional<ObjectNode> document) {
        var entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", Long.toString(logged.revision()));
        entry.set(
                "created_at",
                logged.at().equals(Instant.EPOCH)
                        ? NullNode.instance
                        : JsonNodeFactory.instance.stringNode(TIME.format(logged.at())));
        entry.put("type", type).put("object_type", objectType).put("object_id", logged.id());
        entry.set("object_name", value(document, "name"));
        put(entry, "network_id", logged.network());
        entry.set("tenant_id", value(document, "project_id"));
        entry.set("project_id", value(document, "project_id"));
        put(entry, "user_id", logged.origin().user());
        put(entry, "user_name", logged.origin().userName());
        put(entry, "host", logged.origin().host());
        put(entry, "request_id", logged.origin().request());
        return entry;
    }

    private static JsonNode value(Optional<ObjectNode> document, String name) {
        return document.map(one -> one.path(name)).filter(JsonNode::isString).orElse(NullNode.instance);
    }

    private static void put(ObjectNode entry, String name, String text) {
        if (text.isEmpty()) {
            entry.putNull(name);
        } else {
            entry.put(name, text);
        }
    }

    private static ArrayNode changed(Logged logged, Optional<ObjectNode> after) {
        var changed = empty();
        logged.detail().properties().forEach(old -> {
            if (!ALWAYS.contains(old.getKey()) && isShown(logged, old.getKey())) {
                var now = after.map(document -> document.path(old.getKey()))
                        .filter(node -> !node.isMissingNode())
                        .orElse(NullNode.instance);
                var one = changed.addObject().put("attribute", old.getKey());
                one.set("before", without(old.getValue(), now));
                one.set("after", without(now, old.getValue()));
            }
        });
        return changed;
    }

    /** {@code project_id} tells what {@code tenant_id} would. */
    private static boolean isShown(Logged logged, String attribute) {
        return !attribute.equals("tenant_id")
                && logged.resource()
                        .attribute(attribute)
                        .filter(Attribute::shown)
                        .isPresent();
    }

    /** Of a list what the other does not have: a long one may have changed by one item. */
    private static JsonNode without(JsonNode value, JsonNode other) {
        if (!(value instanceof ArrayNode all && other instanceof ArrayNode others)) {
            return value;
        }
        var left = empty();
        all.valueStream()
                .filter(item -> others.valueStream().noneMatch(item::equals))
                .forEach(left::add);
        return left;
    }
}
