package io.isospin.server.network;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A network's document, read with types. */
public record Network(ObjectNode document) {
    public ResourceId id() {
        return new ResourceId(text(document, "id"));
    }

    public String project() {
        return text(document, "project_id");
    }

    public int mtu() {
        return document.path("mtu").asInt();
    }

    public boolean adminUp() {
        return flag(document, "admin_state_up");
    }

    public Segment segment() {
        String physical = text(document, "provider:physical_network");
        int number = document.path("provider:segmentation_id").asInt(0);
        String type = text(document, "provider:network_type");
        return switch (type) {
            case "flat" -> new Segment.Flat(physical);
            case "vlan" -> new Segment.Vlan(physical, new VlanId(number));
            case "vxlan" -> new Segment.Vxlan(new Vni(number));
            default -> throw new IllegalStateException("network " + id() + " is of unknown type " + type);
        };
    }

    static void write(ObjectNode values, Segment segment) {
        switch (segment) {
            case Segment.Flat(var physical) -> write(values, "flat", physical, 0);
            case Segment.Vlan(var physical, var vlan) -> write(values, "vlan", physical, vlan.value());
            case Segment.Vxlan(var vni) -> write(values, "vxlan", "", vni.value());
        }
    }

    private static void write(ObjectNode values, String type, String physical, int number) {
        values.put("provider:network_type", type);
        if (physical.isEmpty()) {
            values.set("provider:physical_network", NullNode.instance);
        } else {
            values.put("provider:physical_network", physical);
        }
        if (number == 0) {
            values.set("provider:segmentation_id", NullNode.instance);
        } else {
            values.put("provider:segmentation_id", number);
        }
    }
}
