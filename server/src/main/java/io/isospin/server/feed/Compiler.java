package io.isospin.server.feed;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.subnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From documents to units: what one host must contain of a network. Pure. */
final class Compiler {
    private Compiler() {}

    /** All units of a network on a host; none where the host has no port of it. */
    static List<Unit> units(NetworkSlice slice, String host) {
        boolean here = slice.ports().stream().anyMatch(port -> boundTo(port, host) || slice.standsBy(port, host));
        if (!here) {
            return List.of();
        }
        var network = network(slice, host);
        if (network.isEmpty()) {
            return List.of();
        }
        var units = new ArrayList<Unit>();
        units.add(network.get());
        boolean serves = slice.ports().stream().anyMatch(port -> serves(slice, port, host));
        for (var port : slice.ports()) {
            units.addAll(units(slice, port, host, serves));
        }
        return units;
    }

    /** What one port of a network means on a host that has the network; {@code serves}: DHCP is served there. */
    static List<Unit> units(NetworkSlice slice, ObjectNode port, String host, boolean serves) {
        var units = new ArrayList<Unit>();
        if (boundTo(port, host)) {
            units.add(local(port, false));
            if (serves(slice, port, host)) {
                units.add(dhcp(slice, port));
            }
        } else {
            if (slice.standsBy(port, host)) {
                units.add(local(port, true));
            }
            peer(slice, port, host).ifPresent(units::add);
        }
        if (serves) {
            reservation(slice, port).ifPresent(units::add);
        }
        return units;
    }

    /** A network as its host joins it; none where it has no segment. */
    static Optional<Unit.Network> network(NetworkSlice slice, String host) {
        var network = slice.network();
        return slice.hosts()
                .segment(host, network)
                .map(segment -> new Unit.Network(network.id(), segment, network.mtu(), network.adminUp()));
    }

    private static boolean serves(NetworkSlice slice, ObjectNode port, String host) {
        return isDhcpPort(port) && boundTo(port, host) && !slice.hosts().idle().contains(host);
    }

    static boolean isDhcpPort(ObjectNode port) {
        return text(port, "device_owner").equals(DhcpPorts.OWNER);
    }

    static boolean boundTo(ObjectNode port, String host) {
        return text(port, "binding:vif_type").equals("bridge")
                && text(port, "binding:host_id").equals(host);
    }

    private static Unit.Port local(ObjectNode port, boolean standby) {
        return new Unit.Port(
                id(port),
                networkId(port),
                mac(port),
                addresses(port),
                text(port, "device_owner"),
                flag(port, "admin_state_up"),
                standby);
    }

    /** A port elsewhere on the VXLAN segment over which this host joins the network. */
    private static Optional<Unit> peer(NetworkSlice slice, ObjectNode port, String host) {
        String there = text(port, "binding:host_id");
        var segment = slice.hosts().segment(host, slice.network());
        boolean tunnelled = segment.filter(Segment.Vxlan.class::isInstance).isPresent()
                && segment.equals(slice.hosts().segment(there, slice.network()));
        if (!tunnelled || !text(port, "binding:vif_type").equals("bridge")) {
            return Optional.empty();
        }
        return slice.hosts()
                .vtep(there)
                .map(vtep -> new Unit.Peer(id(port), networkId(port), mac(port), addresses(port), vtep));
    }

    static Unit.Dhcp dhcp(NetworkSlice slice, ObjectNode port) {
        return new Unit.Dhcp(
                networkId(port),
                id(port),
                mac(port),
                "",
                slice.network().mtu(),
                slice.subnets().stream().map(subnet -> subnet(subnet, port)).toList());
    }

    private static Unit.DhcpSubnet subnet(Subnet subnet, ObjectNode port) {
        IpAddress server = fixedIps(port)
                .filter(ip -> ip.path("subnet_id").asString().equals(subnet.id()))
                .map(ip -> IpAddress.parse(ip.path("ip_address").asString()))
                .findFirst()
                .orElse(null);
        return new Unit.DhcpSubnet(
                new ResourceId(subnet.id()),
                subnet.cidr(),
                subnet.dhcp(),
                server,
                subnet.gateway().orElse(null),
                subnet.document()
                        .path("dns_nameservers")
                        .valueStream()
                        .map(one -> IpAddress.parse(one.asString()))
                        .toList(),
                subnet.document()
                        .path("host_routes")
                        .valueStream()
                        .map(one -> new Unit.HostRoute(
                                IpPrefix.parse(one.path("destination").asString()),
                                IpAddress.parse(one.path("nexthop").asString())))
                        .toList(),
                subnet.addressMode().isEmpty() ? null : subnet.addressMode(),
                subnet.raMode().isEmpty() ? null : subnet.raMode());
    }

    private static Optional<Unit> reservation(NetworkSlice slice, ObjectNode port) {
        Map<String, Subnet> served =
                slice.subnets().stream().filter(Subnet::dhcp).collect(Collectors.toMap(Subnet::id, subnet -> subnet));
        var addresses = fixedIps(port)
                .filter(ip -> served.containsKey(ip.path("subnet_id").asString()))
                .map(ip -> new Unit.ReservedAddress(
                        new ResourceId(ip.path("subnet_id").asString()),
                        IpAddress.parse(ip.path("ip_address").asString())))
                .toList();
        if (addresses.isEmpty() || isDhcpPort(port)) {
            return Optional.empty();
        }
        var options = port.path("extra_dhcp_opts")
                .valueStream()
                .map(option -> new Unit.ExtraOption(
                        option.path("opt_name").asString(),
                        option.path("opt_value").asString(""),
                        option.path("ip_version").asInt(4)))
                .toList();
        String name = text(port, "dns_name").isEmpty() ? null : text(port, "dns_name");
        return Optional.of(new Unit.Reservation(
                id(port),
                networkId(port),
                mac(port),
                addresses,
                name,
                options,
                text(port, "device_id"),
                text(port, "project_id")));
    }

    private static Stream<JsonNode> fixedIps(ObjectNode port) {
        return StreamSupport.stream(port.path("fixed_ips").spliterator(), false);
    }

    private static List<IpAddress> addresses(ObjectNode port) {
        return fixedIps(port)
                .map(ip -> IpAddress.parse(ip.path("ip_address").asString()))
                .toList();
    }

    private static ResourceId id(ObjectNode port) {
        return new ResourceId(text(port, "id"));
    }

    private static ResourceId networkId(ObjectNode port) {
        return new ResourceId(text(port, "network_id"));
    }

    private static MacAddress mac(ObjectNode port) {
        return MacAddress.parse(text(port, "mac_address"));
    }
}
