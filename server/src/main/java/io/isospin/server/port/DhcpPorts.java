package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Bodies;
import io.isospin.server.agent.Agents;
import io.isospin.server.network.Network;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.Change;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Routing;
import io.isospin.server.subnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The ports that DHCP serves networks from: one for each agent of a network with a DHCP subnet. They are made in the
 * transaction that makes them necessary, and the first has the first address of each pool. A port whose agent is taken
 * away is reserved: the next agent has its addresses.
 */
public final class DhcpPorts {
    public static final String OWNER = "network:dhcp";
    private static final String RESERVED = "reserved_dhcp_port";

    private final MacPool macs;
    private final Placement placement;

    public DhcpPorts(MacPool macs, Placement placement) {
        this.macs = macs;
        this.placement = placement;
    }

    /** The DHCP ports of a network. */
    public static List<ObjectNode> of(View view, String network) {
        return view.list(PORT, Query.where(is("network_id", network), is("device_owner", OWNER)));
    }

    static Condition is(String attribute, String value) {
        return new Condition.In(PORT.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    /** Each agent has its port, with an address in each subnet that has DHCP. */
    public List<Change> ensure(
            View view, ObjectNode network, List<Subnet> subnets, List<ObjectNode> agents, FirstFree free) {
        var served = subnets.stream()
                .filter(subnet -> subnet.dhcp() && !subnet.automatic())
                .toList();
        var routing = new Routing(view, id(network), subnets);
        if (served.isEmpty() || agents.isEmpty()) {
            return List.of();
        }
        var idle = new ArrayList<>(of(view, id(network)));
        var changes = new ArrayList<Change>();
        for (var agent : agents) {
            String host = text(agent, "host");
            String device = Agents.dhcpDeviceId(host, id(network));
            var here = served.stream()
                    .filter(subnet -> subnet.segment().isEmpty() || routing.reaches(host, subnet.segment()))
                    .map(Subnet::id)
                    .toList();
            var port = taken(idle, one -> text(one, "device_id").equals(device))
                    .or(() -> taken(idle, one -> text(one, "device_id").equals(RESERVED)));
            changes.addAll(
                    port.isPresent()
                            ? given(view, new Network(network), port.get(), host, here, free)
                            : create(view, new Network(network), host, here, free));
        }
        return changes;
    }

    private static Optional<ObjectNode> taken(List<ObjectNode> ports, Predicate<ObjectNode> which) {
        var found = ports.stream().filter(which).findFirst();
        found.ifPresent(ports::remove);
        return found;
    }

    /** A port of the host, or a reserved one, with an address in each of the subnets. */
    private List<Change> given(
            View view, Network network, ObjectNode port, String host, List<String> served, FirstFree free) {
        var addresses = new ArrayList<>(Fixed.of(port.path("fixed_ips")));
        var changes = new ArrayList<Change>();
        for (var subnet : served) {
            if (addresses.stream().noneMatch(fixed -> fixed.subnet().equals(subnet))) {
                free.next(subnet).ifPresent(fixed -> {
                    addresses.add(fixed);
                    changes.add(Ports.claim(fixed, id(port)));
                });
            }
        }
        var values = JsonNodeFactory.instance
                .objectNode()
                .put("device_id", Agents.dhcpDeviceId(host, network.id().value()))
                .put("binding:host_id", host);
        values.set("fixed_ips", Fixed.document(addresses));
        changes.addAll(placement.updated(view, network, port, values));
        return changes;
    }

    private List<Change> create(View view, Network network, String host, List<String> served, FirstFree free) {
        var addresses =
                served.stream().flatMap(subnet -> free.next(subnet).stream()).toList();
        if (addresses.isEmpty()) {
            return List.of();
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("port")
                .put("network_id", network.id().value())
                .put("device_owner", OWNER)
                .put("device_id", Agents.dhcpDeviceId(host, network.id().value()))
                .put("binding:host_id", host);
        var values = Bodies.post(PORT, body, network.project()).items().getFirst();
        var mac = macs.choose(view, network.id().value(), "");
        values.put("mac_address", mac.toString());
        return placement.created(view, network, values, addresses).changes();
    }

    /** A subnet whose DHCP was switched off: the ports lose their addresses there. */
    public List<Change> withoutSubnet(View view, Subnet subnet) {
        return of(view, subnet.networkId()).stream()
                .flatMap(port -> Ports.withoutSubnet(view, port, subnet.id()).stream())
                .toList();
    }

    /** The port of a host that serves a network no more; it keeps its addresses for the next. */
    public List<Change> reserve(View view, String networkId, String host) {
        var network = view.get(NETWORK, networkId).map(Network::new);
        String device = Agents.dhcpDeviceId(host, networkId);
        if (network.isEmpty()) {
            return List.of();
        }
        return of(view, networkId).stream()
                .filter(port -> text(port, "device_id").equals(device))
                .flatMap(port -> placement
                        .updated(
                                view,
                                network.get(),
                                port,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("device_id", RESERVED)
                                        .put("binding:host_id", ""))
                        .stream())
                .toList();
    }
}
