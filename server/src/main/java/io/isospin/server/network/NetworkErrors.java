package io.isospin.server.network;

import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.NotFound;
import java.util.List;

/** Why networks are refused, in Neutron's names and words. */
final class NetworkErrors {
    private NetworkErrors() {}

    static Conflict segmentInUse(Segment segment) {
        return switch (segment) {
            case Segment.Flat(var physical) ->
                new Conflict(
                        "FlatNetworkInUse",
                        "Unable to create the flat network. Physical network " + physical + " is in use.");
            case Segment.Vlan(var physical, var vlan) ->
                new Conflict(
                        "VlanIdInUse",
                        "Unable to create the network. The VLAN " + vlan + " on physical network " + physical
                                + " is in use.");
            case Segment.Vxlan(var vni) ->
                new Conflict("TunnelIdInUse", "Unable to create the network. The tunnel ID " + vni + " is in use.");
        };
    }

    static NotFound noZone(String zone) {
        return new NotFound("AvailabilityZoneNotFound", "AvailabilityZone " + zone + " could not be found.");
    }

    static Conflict inUse(ResourceId network, List<String> ports) {
        return new Conflict(
                "NetworkInUse",
                "Unable to complete operation on network " + network
                        + ". There are one or more ports still in use on the network, id for these ports is: "
                        + String.join(",", ports) + ".");
    }
}
