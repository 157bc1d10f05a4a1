package io.isospin.server.network;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Segmentation.SEGMENT_RANGE;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides about network segment ranges. A pool offers what all of its ranges hold together; which of them a network's
 * id may come from depends on the project.
 */
public final class SegmentRangeEndpoint implements Endpoint {
    private final SegmentConfig config;

    public SegmentRangeEndpoint(SegmentConfig config) {
        this.config = config;
    }

    @Override
    public Resource resource() {
        return SEGMENT_RANGE;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        String type = text(values, "network_type");
        if (!config.typeDrivers().contains(type) || !SegmentRangeRules.TYPES.contains(type)) {
            throw new BadRequest(
                    "NetworkSegmentRangeNetTypeNotSupported",
                    "Network type " + type + " does not support network segment ranges.");
        }
        SegmentRangeRules.check(values);
        var others = SegmentRanges.of(view, type);
        refuseOverlap(others, values);
        boolean shared = flag(values, "shared");
        values.put("default", false);
        if (shared) {
            values.set("project_id", NullNode.instance);
        }
        if (!type.equals("vlan")) {
            values.set("physical_network", NullNode.instance);
        }
        var document = Documents.created(SEGMENT_RANGE, values, view.now());
        var changes = new ArrayList<Change>();
        changes.add(new Change.Insert(SEGMENT_RANGE, document));
        changes.add(offer(SegmentRanges.pool(document), Stream.concat(others.stream(), Stream.of(document))));
        return new Decision<>(changes, completed(view, document));
    }

    private static void refuseOverlap(List<ObjectNode> others, ObjectNode range) {
        var items = SegmentRanges.items(range);
        var overlapping = others.stream()
                .filter(other -> !flag(other, "default"))
                .filter(other -> SegmentRanges.pool(other).equals(SegmentRanges.pool(range)))
                .filter(other -> items.within(SegmentRanges.items(other)).isPresent())
                .map(Documents::id)
                .toList();
        if (!overlapping.isEmpty()) {
            throw new Conflict(
                    "NetworkSegmentRangeOverlaps",
                    "Network segment range overlaps with range(s) with id " + String.join(", ", overlapping));
        }
    }

    /** All that ranges of one pool hold together. */
    private static Change offer(String pool, Stream<ObjectNode> ranges) {
        return new Change.Offer(
                pool,
                ItemRange.merged(
                        ranges.filter(range -> SegmentRanges.pool(range).equals(pool))
                                .map(SegmentRanges::items)
                                .toList()));
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        refuseDefault(current);
        var next = current.deepCopy();
        next.setAll(values);
        var used = view.claimed(SegmentRanges.pool(current), SegmentRanges.items(current));
        if (!used.isEmpty()) {
            int lowest =
                    used.keySet().stream().mapToInt(ItemRange::number).min().orElseThrow();
            int highest =
                    used.keySet().stream().mapToInt(ItemRange::number).max().orElseThrow();
            // As Neutron has it: an id in use at the very edge of the new range is too near already.
            if (next.path("minimum").asInt() >= lowest || next.path("maximum").asInt() <= highest) {
                throw referenced(current);
            }
        }
        SegmentRangeRules.check(next);
        var updates = Documents.updated(SEGMENT_RANGE, current, values, view.now());
        var after = Documents.after(updates, current);
        var changes = new ArrayList<>(updates);
        if (!SegmentRanges.items(after).equals(SegmentRanges.items(current))) {
            var others = SegmentRanges.of(view, text(current, "network_type")).stream()
                    .filter(other -> !id(other).equals(id(current)));
            changes.add(offer(SegmentRanges.pool(after), Stream.concat(others, Stream.of(after))));
        }
        return new Decision<>(changes, completed(view, after));
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        refuseDefault(current);
        if (!view.claimed(SegmentRanges.pool(current), SegmentRanges.items(current))
                .isEmpty()) {
            throw referenced(current);
        }
        var others = SegmentRanges.of(view, text(current, "network_type")).stream()
                .filter(other -> !id(other).equals(id(current)));
        return new Decision<>(
                List.of(new Change.Delete(SEGMENT_RANGE, current), offer(SegmentRanges.pool(current), others)),
                current);
    }

    private static void refuseDefault(ObjectNode range) {
        if (flag(range, "default")) {
            throw new BadRequest(
                    "NetworkSegmentRangeDefaultReadOnly",
                    "Network Segment Range " + id(range)
                            + " is a default segment range which could not be updated or deleted.");
        }
    }

    private static Conflict referenced(ObjectNode range) {
        return new Conflict(
                "NetworkSegmentRangeReferencedByProject",
                "Network Segment Range " + id(range) + " is referenced by one or more tenant networks.");
    }

    @Override
    public boolean completes() {
        return true;
    }

    /** With the ids that are used, each with the project whose network it is, and those that are not. */
    @Override
    public ObjectNode completed(View view, ObjectNode range) {
        var used = view.claimed(SegmentRanges.pool(range), SegmentRanges.items(range));
        var out = JsonNodeFactory.instance.objectNode();
        for (var name : SEGMENT_RANGE.attributes().keySet()) {
            switch (name) {
                case "used" -> projects(view, used, out.putObject(name));
                case "available" -> free(range, used.keySet(), out.putArray(name));
                default -> out.set(name, range.path(name));
            }
        }
        return out;
    }

    private static void projects(View view, Map<String, String> used, ObjectNode out) {
        used.forEach((item, network) -> view.get(NETWORK, network)
                .ifPresent(owner -> out.put(Integer.toString(ItemRange.number(item)), text(owner, "project_id"))));
    }

    private static void free(ObjectNode range, Set<String> used, ArrayNode out) {
        int last = range.path("maximum").asInt();
        for (int id = range.path("minimum").asInt(); id <= last; id++) {
            if (!used.contains(ItemRange.item(id))) {
                out.add(id);
            }
        }
    }
}
