package io.isospin.server.network;

import static io.isospin.core.schema.Segmentation.SEGMENT;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.server.api.Documents;
import io.isospin.server.store.Change;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A segment's document, read with types. */
public record NetworkSegment(ObjectNode document) {
    static final List<String> KEYS = List.of("network_type", "physical_network", "segmentation_id");

    public static List<NetworkSegment> of(View view, String network) {
        var query = Query.where(
                new Condition.In(SEGMENT.attribute("network_id").orElseThrow(), List.of(StringNode.valueOf(network))));
        return view.list(SEGMENT, query).stream().map(NetworkSegment::new).toList();
    }

    /** A new segment of a network that has nothing else to say of it. */
    static NetworkSegment plain(String network, Segment segment, Instant now) {
        var values = JsonNodeFactory.instance.objectNode().put("network_id", network);
        for (var name : List.of("name", "description")) {
            values.set(name, NullNode.instance);
        }
        return new NetworkSegment(Documents.created(SEGMENT, with(values, "", segment), now));
    }

    public String id() {
        return text(document, "id");
    }

    public String network() {
        return text(document, "network_id");
    }

    public Segment segment() {
        return read(document, "");
    }

    /** The segment that the keys with a prefix, {@code provider:}, tell of. */
    static Segment read(JsonNode from, String prefix) {
        String type = from.path(prefix + "network_type").asString("");
        String physical = from.path(prefix + "physical_network").asString("");
        int number = from.path(prefix + "segmentation_id").asInt(0);
        return switch (type) {
            case "flat" -> new Segment.Flat(physical);
            case "vlan" -> new Segment.Vlan(physical, new VlanId(number));
            case "vxlan" -> new Segment.Vxlan(new Vni(number));
            default -> throw new IllegalStateException("a segment is of unknown type '" + type + "'");
        };
    }

    /** {@code values} with a segment under the keys with a prefix. */
    static ObjectNode with(ObjectNode values, String prefix, Segment segment) {
        return switch (segment) {
            case Segment.Flat(var physical) -> with(values, prefix, "flat", physical, 0);
            case Segment.Vlan(var physical, var vlan) -> with(values, prefix, "vlan", physical, vlan.value());
            case Segment.Vxlan(var vni) -> with(values, prefix, "vxlan", "", vni.value());
        };
    }

    private static ObjectNode with(ObjectNode values, String prefix, String type, String physical, int number) {
        values.put(prefix + "network_type", type);
        values.set(
                prefix + "physical_network",
                physical.isEmpty() ? NullNode.instance : JsonNodeFactory.instance.stringNode(physical));
        values.set(
                prefix + "segmentation_id",
                number == 0 ? NullNode.instance : JsonNodeFactory.instance.numberNode(number));
        return values;
    }

    /** The pool in which a segment has its one owner. */
    static String pool(Segment segment) {
        return switch (segment) {
            case Segment.Flat flat -> "flat";
            case Segment.Vlan vlan -> vlans(vlan.physicalNetwork());
            case Segment.Vxlan vxlan -> VNIS;
        };
    }

    static final String VNIS = "vxlan";

    static String vlans(String physical) {
        return "vlan/" + physical;
    }

    static String item(Segment segment) {
        return switch (segment) {
            case Segment.Flat(var physical) -> physical;
            case Segment.Vlan(var physical, var vlan) -> ItemRange.item(vlan.value());
            case Segment.Vxlan(var vni) -> ItemRange.item(vni.value());
        };
    }

    /** The segment becomes the network's own. */
    List<Change> taken() {
        return List.of(
                new Change.Claim(pool(segment()), item(segment()), network()), new Change.Insert(SEGMENT, document));
    }

    /** The segment is free again. */
    List<Change> released() {
        return List.of(new Change.Release(pool(segment()), item(segment())), new Change.Delete(SEGMENT, document));
    }
}
