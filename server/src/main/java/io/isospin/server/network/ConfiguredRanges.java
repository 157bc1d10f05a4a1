package io.isospin.server.network;

import static io.isospin.core.schema.Segmentation.SEGMENT_RANGE;
import static io.isospin.server.api.Documents.flag;

import io.isospin.server.api.Documents;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Query;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The ranges of the ML2 file, which stand among the network segment ranges as the default ones. */
public final class ConfiguredRanges {
    private static final String OFFERED = "segment_ranges.offered";

    private final SegmentConfig config;

    public ConfiguredRanges(SegmentConfig config) {
        this.config = config;
    }

    /** Offers the file's ranges in place of those that it had; run at start, and nothing where the file is as it was. */
    public Decision<Boolean> offer(View view) {
        String told = config.vlanRanges() + " " + config.vniRanges();
        if (view.remembered(OFFERED).filter(told::equals).isPresent()) {
            return Decision.nothing(false);
        }
        var changes = new ArrayList<Change>();
        Map<String, List<ItemRange>> pools = new LinkedHashMap<>();
        for (var range : view.list(SEGMENT_RANGE, Query.ALL)) {
            var offered = pools.computeIfAbsent(SegmentRanges.pool(range), key -> new ArrayList<>());
            if (flag(range, "default")) {
                changes.add(new Change.Delete(SEGMENT_RANGE, range));
            } else {
                offered.add(SegmentRanges.items(range));
            }
        }
        for (var range : configured()) {
            var document = Documents.created(SEGMENT_RANGE, range, view.now());
            changes.add(new Change.Insert(SEGMENT_RANGE, document));
            pools.computeIfAbsent(SegmentRanges.pool(document), key -> new ArrayList<>())
                    .add(SegmentRanges.items(document));
        }
        pools.forEach((pool, ranges) -> changes.add(new Change.Offer(pool, ItemRange.merged(ranges))));
        changes.add(new Change.Remember(OFFERED, told));
        return new Decision<>(changes, true);
    }

    private List<ObjectNode> configured() {
        var ranges = new ArrayList<ObjectNode>();
        config.vlanRanges()
                .forEach((physical, list) -> list.forEach(range -> {
                    var vlans = values("vlan", range);
                    vlans.put("physical_network", physical);
                    ranges.add(vlans);
                }));
        config.vniRanges().forEach(range -> {
            var vnis = values("vxlan", range);
            vnis.set("physical_network", NullNode.instance);
            ranges.add(vnis);
        });
        return ranges;
    }

    private static ObjectNode values(String type, ItemRange range) {
        var values = JsonNodeFactory.instance
                .objectNode()
                .put("name", "")
                .put("default", true)
                .put("shared", true)
                .put("network_type", type)
                .put("minimum", ItemRange.number(range.first()))
                .put("maximum", ItemRange.number(range.last()))
                .put("description", "");
        values.set("project_id", NullNode.instance);
        return values;
    }
}
