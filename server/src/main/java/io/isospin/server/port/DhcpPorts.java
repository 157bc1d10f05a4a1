package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpRange;
import io.isospin.core.schema.Bodies;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.Documents;
import io.isospin.server.network.Network;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.Change;
import io.isospin.server.store.Draw;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnet;
import io.isospin.server.subnet.Subnets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The ports that DHCP serves networks from: one per network with a DHCP subnet, on the living DHCP agent with the
 * fewest networks. It is made in the transaction that makes it necessary, and has the first address of each pool.
 */
public final class DhcpPorts {
    public static final String OWNER = "network:dhcp";

    private final MacPool macs;
    private final DnsNames names;

    public DhcpPorts(MacPool macs, DnsNames names) {
        this.macs = macs;
        this.names = names;
    }

    public static Optional<ObjectNode> of(View view, String network) {
        return view
                .list(
                        PORT,
                        new Query(List.of(is("network_id", network), is("device_owner", OWNER)), List.of(), 1, null))
                .stream()
                .findFirst();
    }

    static Condition is(String attribute, String value) {
        return new Condition.In(PORT.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    /** A subnet that is made in this transaction: its pools are not yet in the store. */
    public List<Change> forNewSubnet(
            View view, ObjectNode network, List<ObjectNode> siblings, Subnet subnet, List<IpRange> pools) {
        if (!subnet.dhcp() || !takesAddress(subnet) || pools.isEmpty()) {
            return List.of();
        }
        return serve(
                view, network, siblings, new Fixed(subnet.id(), pools.getFirst().first()));
    }

    private static boolean takesAddress(Subnet subnet) {
        return !subnet.automatic();
    }

    private List<Change> serve(View view, ObjectNode network, List<ObjectNode> siblings, Fixed address) {
        var existing = siblings.isEmpty() ? Optional.<ObjectNode>empty() : of(view, id(network));
        if (existing.isPresent()) {
            var port = existing.get();
            var addresses = new ArrayList<>(Fixed.of(port.path("fixed_ips")));
            addresses.add(address);
            var changes = new ArrayList<Change>();
            changes.add(Ports.claim(address, id(port)));
            var values = JsonNodeFactory.instance.objectNode();
            values.set("fixed_ips", Fixed.document(addresses));
            values.set("dns_assignment", names.assignments(port, addresses));
            changes.addAll(Documents.updated(PORT, port, values, view.now()));
            return changes;
        }
        return Agents.leastLoaded(view, Agents.DHCP)
                .map(agent -> create(view, new Network(network), text(agent, "host"), List.of(address)))
                .orElse(List.of());
    }

    private List<Change> create(View view, Network network, String host, List<Fixed> addresses) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("port")
                .put("network_id", network.id().value())
                .put("device_owner", OWNER)
                .put("device_id", Agents.dhcpDeviceId(host, network.id().value()))
                .put("binding:host_id", host);
        var values = Bodies.post(PORT, body, network.project()).items().getFirst();
        var mac = macs.choose(view, network.id().value(), "");
        values.put("mac_address", mac.toString());
        return Ports.created(view, network, values, addresses, names).changes();
    }

    /** A subnet whose DHCP was switched on or off. */
    public List<Change> forSwitchedSubnet(View view, Subnet subnet) {
        var existing = of(view, subnet.networkId());
        if (!subnet.dhcp()) {
            return existing.map(port -> Ports.withoutSubnet(view, port, subnet.id()))
                    .orElse(List.of());
        }
        boolean served = existing.stream()
                .flatMap(port -> Fixed.of(port.path("fixed_ips")).stream())
                .anyMatch(fixed -> fixed.subnet().equals(subnet.id()));
        var free = Draw.first(view.free(subnet.id(), 1));
        var network = view.get(NETWORK, subnet.networkId());
        if (served || free.isEmpty() || network.isEmpty() || !takesAddress(subnet)) {
            return List.of();
        }
        return serve(
                view,
                network.get(),
                List.of(subnet.document()),
                new Fixed(subnet.id(), IpAddress.ofSortKey(free.get())));
    }

    /** Serves a network that has DHCP subnets but, for want of a living agent, no DHCP port yet. */
    public List<Change> serveUnserved(View view, ObjectNode network, String host) {
        if (of(view, id(network)).isPresent()) {
            return List.of();
        }
        var addresses = new ArrayList<Fixed>();
        for (var document : Subnets.of(view, id(network))) {
            var subnet = new Subnet(document);
            if (subnet.dhcp() && takesAddress(subnet)) {
                Draw.first(view.free(subnet.id(), 1))
                        .ifPresent(item -> addresses.add(new Fixed(subnet.id(), IpAddress.ofSortKey(item))));
            }
        }
        return addresses.isEmpty() ? List.of() : create(view, new Network(network), host, addresses);
    }
}
