package io.isospin.server.network;

import static io.isospin.core.schema.Segmentation.SEGMENT_RANGE;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.store.Draw;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The network segment ranges of one type, and drawing ids out of them. */
final class SegmentRanges {
    /** From how many of the first free ids one is drawn, so that concurrent requests seldom want the same. */
    private static final int WINDOW = 1000;

    private static final int RANGES = 16;

    private final View view;
    private final List<ObjectNode> ranges;

    SegmentRanges(View view, String type) {
        this.view = view;
        this.ranges = of(view, type);
    }

    static List<ObjectNode> of(View view, String type) {
        return view.list(
                SEGMENT_RANGE,
                Query.where(new Condition.In(
                        SEGMENT_RANGE.attribute("network_type").orElseThrow(), List.of(StringNode.valueOf(type)))));
    }

    static String physical(ObjectNode range) {
        return text(range, "physical_network");
    }

    static ItemRange items(ObjectNode range) {
        return ItemRange.of(range.path("minimum").asInt(), range.path("maximum").asInt());
    }

    /** The pool that a range's ids are claimed in. */
    static String pool(ObjectNode range) {
        return text(range, "network_type").equals("vlan") ? NetworkSegment.vlans(physical(range)) : NetworkSegment.VNIS;
    }

    /** The physical networks that have ranges, each once. */
    List<String> physicalNetworks() {
        return ranges.stream().map(SegmentRanges::physical).distinct().toList();
    }

    /** A free id for a project: of its own ranges first, then of the shared ones that are no other project's. */
    Optional<Integer> draw(String physical, String project, Set<Integer> taken) {
        var own = new ArrayList<ObjectNode>();
        var shared = new ArrayList<ObjectNode>();
        var others = new ArrayList<ItemRange>();
        for (var range : ranges) {
            if (!physical(range).equals(physical)) {
                continue;
            }
            if (flag(range, "shared")) {
                shared.add(range);
            } else if (text(range, "project_id").equals(project)) {
                own.add(range);
            } else {
                others.add(items(range));
            }
        }
        return own.stream()
                .flatMap(range -> draw(range, List.of(), taken).stream())
                .findFirst()
                .or(() -> shared.stream()
                        .flatMap(range -> draw(range, others, taken).stream())
                        .findFirst());
    }

    private Optional<Integer> draw(ObjectNode range, List<ItemRange> without, Set<Integer> taken) {
        var gone = taken.stream().map(id -> ItemRange.of(id, id)).toList();
        for (var part : items(range).without(without)) {
            var free = view.free(pool(range), part, RANGES).stream()
                    .flatMap(one -> one.without(gone).stream())
                    .toList();
            var drawn = Draw.random(free, WINDOW, ThreadLocalRandom.current());
            if (drawn.isPresent()) {
                return drawn.map(ItemRange::number);
            }
        }
        return Optional.empty();
    }
}
