package io.isospin.server.network;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Failed;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a network segment range must fulfil. */
final class SegmentRangeRules {
    /** The types of network that there are ids of. */
    static final Set<String> TYPES = Set.of("vlan", "vxlan");

    private SegmentRangeRules() {}

    static void check(ObjectNode range) {
        boolean vlan = text(range, "network_type").equals("vlan");
        if (vlan && text(range, "physical_network").isEmpty()) {
            throw BadRequest.of(
                    "network_segment_range",
                    "Network type vlan requires 'physical_network' to be specified while creating new range");
        }
        int minimum = range.path("minimum").asInt();
        int maximum = range.path("maximum").asInt();
        int highest = vlan ? VlanId.MAX : Vni.MAX;
        for (int id : new int[] {minimum, maximum}) {
            if (id > highest) {
                throw invalid(
                        vlan,
                        minimum,
                        maximum,
                        vlan ? id + " is not a valid VLAN tag" : id + " is not a valid vxlan identifier");
            }
        }
        if (maximum < minimum) {
            throw invalid(
                    vlan,
                    minimum,
                    maximum,
                    "End of " + (vlan ? "VLAN" : "tunnel") + " range is less than start of "
                            + (vlan ? "VLAN" : "tunnel") + " range");
        }
    }

    private static Failed invalid(boolean vlan, int minimum, int maximum, String why) {
        return vlan
                ? new Failed(
                        "NetworkVlanRangeError",
                        "Invalid network VLAN range: '" + minimum + ":" + maximum + "' - '" + why + "'.")
                : new Failed(
                        "NetworkTunnelRangeError",
                        "Invalid network tunnel range: '" + minimum + ":" + maximum + "' - " + why + ".");
    }
}
