package io.isospin.server.subnet;

import static io.isospin.core.schema.Segmentation.SEGMENT;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.Segment;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.NotFound;
import io.isospin.server.network.NetworkSegment;
import io.isospin.server.network.Reach;
import io.isospin.server.store.View;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which of a network's subnets a host has. Where subnets belong to segments, each host has those of the one segment that
 * it reaches, and routers join the rest.
 */
public record Routing(View view, String network, List<Subnet> subnets) {

    public boolean isRouted() {
        return subnets.stream().anyMatch(subnet -> !subnet.segment().isEmpty());
    }

    /** The segments that subnets belong to. */
    public Set<String> segments() {
        return subnets.stream()
                .map(Subnet::segment)
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Whether a host reaches a segment that subnets belong to: only physical networks lead there. */
    public boolean reaches(String host, String segment) {
        return Agents.on(view, Agents.LINUX_BRIDGE, host)
                .flatMap(agent -> view.get(SEGMENT, segment)
                        .map(NetworkSegment::new)
                        .map(NetworkSegment::segment)
                        .filter(one -> !(one instanceof Segment.Vxlan))
                        .filter(one -> Reach.reaches(agent.path("configurations"), one)))
                .isPresent();
    }

    /** The subnets that ports on a host have addresses of. */
    public List<Subnet> on(String host) {
        if (!isRouted()) {
            return subnets;
        }
        var reached =
                segments().stream().filter(segment -> reaches(host, segment)).collect(Collectors.toSet());
        if (reached.size() > 1) {
            throw new Conflict(
                    "HostConnectedToMultipleSegments",
                    "Host " + host + " is connected to multiple segments on routed provider network '" + network
                            + "'.  It should be connected to one.");
        }
        if (reached.isEmpty()) {
            throw new Conflict(
                    "HostNotConnectedToAnySegment",
                    "Host " + host + " is not connected to any segments on routed provider network '" + network
                            + "'.  It should be connected to one.");
        }
        return subnets.stream()
                .filter(subnet -> reached.contains(subnet.segment()))
                .toList();
    }

    /** The subnets for the addresses that are asked for where the host is not known yet: all of one segment. */
    public List<Subnet> asked(JsonNode fixedIps) {
        var found = new HashSet<String>();
        for (var ip : fixedIps) {
            var subnet = subnet(ip);
            if (subnet.isEmpty()) {
                return subnets; // what is wrong with it is told where addresses are chosen
            }
            found.add(subnet.get().segment());
        }
        if (found.size() > 1) {
            throw new BadRequest(
                    "FixedIpsSubnetsNotOnSameSegment", "Cannot allocate addresses from different segments.");
        }
        return subnets.stream()
                .filter(subnet -> found.contains(subnet.segment()))
                .toList();
    }

    private Optional<Subnet> subnet(JsonNode ip) {
        String id = ip.path("subnet_id").asString("");
        String address = ip.path("ip_address").asString("");
        return subnets.stream()
                .filter(subnet -> id.isEmpty()
                        ? !address.isEmpty() && subnet.cidr().contains(IpAddress.parse(address))
                        : subnet.id().equals(id))
                .findFirst();
    }

    /** Refuses a subnet of a segment where the network's others, or the segment itself, do not allow it. */
    static void checkNew(View view, String network, List<Subnet> siblings, String segment) {
        var document =
                segment.isEmpty() ? null : view.get(SEGMENT, segment).orElseThrow(() -> NotFound.of(SEGMENT, segment));
        boolean mixed = siblings.stream().anyMatch(sibling -> sibling.segment().isEmpty() != segment.isEmpty());
        if (mixed) {
            throw notAll(network);
        }
        if (document != null && !text(document, "network_id").equals(network)) {
            throw new BadRequest(
                    "NetworkIdsDontMatch",
                    "The subnet's network id, '" + network + "', doesn't match the network_id of segment '" + segment
                            + "'");
        }
    }

    /** Refuses to change which segment a subnet belongs to, but for the only subnet of a network's only segment. */
    static void checkChange(View view, Subnet subnet, String segment, int siblings) {
        if (subnet.segment().equals(segment)) {
            return;
        }
        if (siblings > 1) {
            throw notAll(subnet.networkId());
        }
        if (!subnet.segment().isEmpty()) {
            throw new BadRequest(
                    "SubnetSegmentAssociationChangeNotAllowed",
                    "A subnet that is already associated with a segment cannot have its segment association"
                            + " changed.");
        }
        if (NetworkSegment.of(view, subnet.networkId()).size() > 1) {
            throw new BadRequest(
                    "NoUpdateSubnetWhenMultipleSegmentsOnNetwork",
                    "The network '" + subnet.networkId() + "' has multiple segments, it is only possible to associate"
                            + " an existing subnet with a segment on networks with a single segment.");
        }
        checkNew(view, subnet.networkId(), List.of(), segment);
    }

    private static BadRequest notAll(String network) {
        return new BadRequest(
                "SubnetsNotAllAssociatedWithSegments",
                "All of the subnets on network '" + network
                        + "' must either all be associated with segments or all not associated with any segment.");
    }
}
