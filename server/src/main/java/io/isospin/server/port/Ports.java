package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.MacAddress;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.NotFound;
import io.isospin.server.dhcp.DhcpAgents;
import io.isospin.server.identity.Caller;
import io.isospin.server.network.Network;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Routing;
import io.isospin.server.subnet.Subnet;
import io.isospin.server.subnet.Subnets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decides about ports. */
public final class Ports implements Endpoint {
    private static final Set<String> ROUTER = Set.of(
            "network:router_interface",
            "network:router_gateway",
            "network:floatingip",
            "network:router_interface_distributed",
            "network:ha_router_replicated_interface");

    /** Ports whose addresses routers decide about. */
    private static final Set<String> INTERFACES = Set.of(
            "network:router_interface",
            "network:ha_router_replicated_interface",
            "network:router_interface_distributed",
            "network:router_centralized_snat");

    private static final Set<String> SERVICE =
            Set.of(DhcpPorts.OWNER, "network:distributed", "network:floatingip_agent_gateway");

    private final MacPool macs;
    private final DnsNames names;
    private final Placement placement;
    private final DhcpAgents dhcp;
    private final int mostPairs;

    /** {@code mostPairs}: the allowed address pairs that a port may have, {@code max_allowed_address_pair}. */
    public Ports(MacPool macs, DnsNames names, Placement placement, DhcpAgents dhcp, int mostPairs) {
        this.macs = macs;
        this.names = names;
        this.placement = placement;
        this.dhcp = dhcp;
        this.mostPairs = mostPairs;
    }

    @Override
    public Resource resource() {
        return PORT;
    }

    /** Whether the port serves its network and goes with it. */
    public static boolean isServicePort(String deviceOwner) {
        return SERVICE.contains(deviceOwner);
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        var network = network(view, text(values, "network_id"));
        var mac = macs.choose(view, network.id().value(), text(values, "mac_address"));
        values.put("mac_address", mac.toString());
        checkPairs(values);
        values.set("extra_dhcp_opts", DhcpOptions.created(values.path("extra_dhcp_opts")));
        if (!values.path("binding:host_id").isString()) {
            values.put("binding:host_id", "");
        }
        String owner = text(values, "device_owner");
        var subnets = subnets(view, network, owner);
        boolean without =
                values.path("fixed_ips").isArray() && values.path("fixed_ips").isEmpty();
        if (subnets.isEmpty() && !without && !network.document().path("subnets").isEmpty()) {
            throw PortErrors.noServiceSubnet(network.id().value(), owner);
        }
        var chosen = addresses(view, network, subnets, mac, values);
        names.settle(values);
        var made = placement.created(view, network, values, chosen);
        var changes = new ArrayList<>(made.changes());
        if (dhcp.lacksAgents(view, network.id().value())) {
            var all = Subnets.of(view, network.id().value()).stream()
                    .map(Subnet::new)
                    .toList();
            changes.addAll(dhcp.serve(view, network.document(), all, new FirstFree(view).without(chosen))
                    .after(network.document()));
        }
        return new Decision<>(changes, made.answer());
    }

    /** The addresses of a new port, or of one whose host is known at last. */
    private static List<Fixed> addresses(
            View view, Network network, List<Subnet> subnets, MacAddress mac, ObjectNode values) {
        var routing = new Routing(view, network.id().value(), subnets);
        var fixedIps = values.path("fixed_ips");
        boolean listed = fixedIps.isArray();
        String host = text(values, "binding:host_id");
        boolean waits = routing.isRouted() && host.isEmpty() && !listed;
        values.put("ip_allocation", waits ? "deferred" : listed && fixedIps.isEmpty() ? "none" : "immediate");
        if (waits) {
            return List.of();
        }
        List<Subnet> from = subnets;
        if (routing.isRouted() && !(listed && fixedIps.isEmpty())) {
            from = host.isEmpty() ? routing.asked(fixedIps) : routing.on(host);
        }
        var addresses = new Addresses(view, network.id().value(), from, mac, List.of());
        return listed ? addresses.asked(fixedIps) : addresses.automatic();
    }

    static Change claim(Fixed fixed, String port) {
        return new Change.Claim(fixed.subnet(), ItemRange.item(fixed.address()), port);
    }

    static Change release(Fixed fixed) {
        return new Change.Release(fixed.subnet(), ItemRange.item(fixed.address()));
    }

    private static Network network(View view, String id) {
        return new Network(view.get(NETWORK, id).orElseThrow(() -> NotFound.of(NETWORK, id)));
    }

    /** The subnets that have addresses for a device owner. */
    private static List<Subnet> subnets(View view, Network network, String deviceOwner) {
        if (network.document().path("subnets").isEmpty()) {
            return List.of();
        }
        return Subnets.of(view, network.id().value()).stream()
                .map(Subnet::new)
                .filter(subnet -> subnet.serves(deviceOwner))
                .toList();
    }

    private void checkPairs(ObjectNode values) {
        if (values.path("allowed_address_pairs").size() > mostPairs) {
            throw PortErrors.tooManyPairs(mostPairs);
        }
        for (var pair : values.path("allowed_address_pairs")) {
            if (pair instanceof ObjectNode one
                    && !one.has("mac_address")
                    && values.path("mac_address").isString()) {
                one.put("mac_address", text(values, "mac_address"));
            }
        }
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var network = network(view, text(current, "network_id"));
        var changes = new ArrayList<Change>();
        changeMac(view, network, current, values, changes);
        if (values.has("allowed_address_pairs")) {
            var named = values.deepCopy();
            named.put("mac_address", text(values.has("mac_address") ? values : current, "mac_address"));
            checkPairs(named);
            values.set("allowed_address_pairs", named.path("allowed_address_pairs"));
        }
        if (values.has("extra_dhcp_opts")) {
            values.set(
                    "extra_dhcp_opts",
                    DhcpOptions.updated(current.path("extra_dhcp_opts"), values.path("extra_dhcp_opts")));
        }
        if (values.has("fixed_ips")) {
            changeAddresses(view, network, current, values, changes);
        } else {
            followHost(view, network, current, values, changes);
        }
        if (!text(values, "binding:host_id").isEmpty()) {
            // The host's waiting binding, if it has one, is the active one from now on.
            HostBinding.inactive(view, id(current), text(values, "binding:host_id"))
                    .ifPresent(binding -> changes.add(binding.removed()));
        }
        names.settle(values);
        var updates = placement.updated(view, network, current, values);
        changes.addAll(updates);
        return new Decision<>(changes, Documents.after(updates, current));
    }

    private void changeMac(View view, Network network, ObjectNode current, ObjectNode values, List<Change> changes) {
        String old = text(current, "mac_address");
        if (values.path("mac_address").isNull()) {
            values.put(
                    "mac_address", macs.choose(view, network.id().value(), "").toString());
        }
        String wanted = text(values, "mac_address");
        if (wanted.isEmpty() || wanted.equals(old)) {
            return;
        }
        if (view.owner(MacPool.pool(network.id().value()), wanted).isPresent()) {
            throw PortErrors.macInUse(network.id().value(), wanted);
        }
        if (Binding.isBound(current)) {
            throw PortErrors.bound(current, wanted);
        }
        changes.add(new Change.Release(MacPool.pool(network.id().value()), old));
        changes.add(new Change.Claim(MacPool.pool(network.id().value()), wanted, id(current)));
    }

    private static void changeAddresses(
            View view, Network network, ObjectNode current, ObjectNode values, List<Change> changes) {
        var had = Fixed.of(current.path("fixed_ips"));
        var mac = MacAddress.parse(text(values.has("mac_address") ? values : current, "mac_address"));
        String owner = text(values.has("device_owner") ? values : current, "device_owner");
        var routing = new Routing(view, network.id().value(), subnets(view, network, owner));
        String host = text(values.has("binding:host_id") ? values : current, "binding:host_id");
        boolean anywhere = host.isEmpty() || values.path("fixed_ips").isEmpty();
        var wants = new Addresses(view, network.id().value(), anywhere ? routing.subnets() : routing.on(host), mac, had)
                .asked(values.path("fixed_ips"));
        had.stream().filter(fixed -> !wants.contains(fixed)).forEach(fixed -> changes.add(release(fixed)));
        wants.stream().filter(fixed -> !had.contains(fixed)).forEach(fixed -> changes.add(claim(fixed, id(current))));
        values.set("fixed_ips", Fixed.document(wants));
    }

    /** On a routed network, a port's addresses must be of its host's segment; one that waited for a host gets them. */
    private static void followHost(
            View view, Network network, ObjectNode current, ObjectNode values, List<Change> changes) {
        String host = text(values, "binding:host_id");
        if (host.isEmpty() || host.equals(text(current, "binding:host_id"))) {
            return;
        }
        var routing = new Routing(view, network.id().value(), subnets(view, network, text(current, "device_owner")));
        if (!routing.isRouted()) {
            return;
        }
        var had = Fixed.of(current.path("fixed_ips"));
        if (had.isEmpty() && text(current, "ip_allocation").equals("deferred")) {
            var mac = MacAddress.parse(text(values.has("mac_address") ? values : current, "mac_address"));
            var chosen = new Addresses(view, network.id().value(), routing.on(host), mac, List.of()).automatic();
            chosen.forEach(fixed -> changes.add(claim(fixed, id(current))));
            values.set("fixed_ips", Fixed.document(chosen));
            return;
        }
        if (!had.isEmpty()) {
            var there = routing.on(host).stream().map(Subnet::id).toList();
            if (had.stream().anyMatch(fixed -> !there.contains(fixed.subnet()))) {
                throw PortErrors.incompatibleHost(host, id(current));
            }
        }
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        String owner = text(current, "device_owner");
        if (ROUTER.contains(owner)) {
            throw PortErrors.ownedByService(id(current), owner);
        }
        var changes = new ArrayList<>(removal(current));
        HostBinding.inactive(view, id(current)).forEach(binding -> changes.add(binding.removed()));
        return new Decision<>(changes, current);
    }

    /** Whether a router has the port as its leg in a subnet. */
    public static boolean isInterface(String deviceOwner) {
        return INTERFACES.contains(deviceOwner);
    }

    /** What removing a port comes to. */
    public static List<Change> removal(ObjectNode port) {
        var changes = new ArrayList<Change>();
        changes.add(new Change.Release(MacPool.pool(text(port, "network_id")), text(port, "mac_address")));
        Fixed.of(port.path("fixed_ips")).forEach(fixed -> changes.add(release(fixed)));
        changes.add(new Change.Delete(PORT, port));
        return changes;
    }

    /** What a port comes to that loses its addresses in one subnet; one that only served it goes. */
    public static List<Change> withoutSubnet(View view, ObjectNode port, String subnet) {
        var rest = Fixed.of(port.path("fixed_ips")).stream()
                .filter(fixed -> !fixed.subnet().equals(subnet))
                .toList();
        if (rest.isEmpty() && isServicePort(text(port, "device_owner"))) {
            return removal(port);
        }
        var changes = new ArrayList<Change>();
        Fixed.of(port.path("fixed_ips")).stream()
                .filter(fixed -> fixed.subnet().equals(subnet))
                .forEach(fixed -> changes.add(release(fixed)));
        var values = JsonNodeFactory.instance.objectNode();
        values.set("fixed_ips", Fixed.document(rest));
        values.putArray("dns_assignment")
                .addAll(port.path("dns_assignment")
                        .valueStream()
                        .filter(name -> rest.stream()
                                .anyMatch(fixed -> fixed.address()
                                        .toString()
                                        .equals(name.path("ip_address").asString())))
                        .toList());
        changes.addAll(Documents.updated(PORT, port, values, view.now()));
        return changes;
    }
}
