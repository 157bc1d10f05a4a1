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
import io.isospin.server.identity.Caller;
import io.isospin.server.network.Network;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnet;
import io.isospin.server.subnet.Subnets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decides about ports. */
public final class Ports implements Endpoint {
    private static final int MOST_PAIRS = 10;
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

    private final MacPool macs;
    private final DnsNames names;

    public Ports(MacPool macs, DnsNames names) {
        this.macs = macs;
        this.names = names;
    }

    @Override
    public Resource resource() {
        return PORT;
    }

    /** Whether the port serves its network and goes with it. */
    public static boolean isServicePort(String deviceOwner) {
        return deviceOwner.equals(DhcpPorts.OWNER);
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
        var addresses = new Addresses(view, network.id().value(), subnets, mac, List.of());
        var chosen =
                values.path("fixed_ips").isArray() ? addresses.asked(values.path("fixed_ips")) : addresses.automatic();
        names.settle(values);
        return created(view, network, values, chosen, names);
    }

    /** A port whose MAC and addresses are settled. */
    static Decision<ObjectNode> created(
            View view, Network network, ObjectNode values, List<Fixed> chosen, DnsNames names) {
        values.set("fixed_ips", Fixed.document(chosen));
        values.set("dns_assignment", names.assignments(values, chosen));
        values.put("status", "DOWN");
        Binding.bind(view, values, network);
        var document = Documents.created(PORT, values, view.now());
        var changes = new ArrayList<Change>();
        changes.add(new Change.Claim(MacPool.pool(network.id().value()), text(document, "mac_address"), id(document)));
        chosen.forEach(fixed -> changes.add(claim(fixed, id(document))));
        changes.add(new Change.Insert(PORT, document));
        changes.addAll(Provisioning.begin(view, document));
        return new Decision<>(changes, document);
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

    private static void checkPairs(ObjectNode values) {
        if (values.path("allowed_address_pairs").size() > MOST_PAIRS) {
            throw PortErrors.tooManyPairs(MOST_PAIRS);
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
        }
        names.settle(values);
        var merged = current.deepCopy();
        merged.setAll(values);
        values.set("dns_assignment", names.assignments(merged, Fixed.of(merged.path("fixed_ips"))));
        boolean rebinds = changeBinding(view, network, current, values);
        var updates = Documents.updated(PORT, current, values, view.now());
        changes.addAll(updates);
        var after = Documents.after(updates, current);
        if (rebinds) {
            changes.addAll(Provisioning.begin(view, after));
        }
        return new Decision<>(changes, after);
    }

    private void changeMac(View view, Network network, ObjectNode current, ObjectNode values, List<Change> changes) {
        String old = text(current, "mac_address");
        String wanted = text(values, "mac_address");
        if (wanted.isEmpty() || wanted.equals(old)) {
            return;
        }
        macs.choose(view, network.id().value(), wanted);
        changes.add(new Change.Release(MacPool.pool(network.id().value()), old));
        changes.add(new Change.Claim(MacPool.pool(network.id().value()), wanted, id(current)));
    }

    private static void changeAddresses(
            View view, Network network, ObjectNode current, ObjectNode values, List<Change> changes) {
        var had = Fixed.of(current.path("fixed_ips"));
        var mac = MacAddress.parse(text(values.has("mac_address") ? values : current, "mac_address"));
        String owner = text(values.has("device_owner") ? values : current, "device_owner");
        var wants = new Addresses(view, network.id().value(), subnets(view, network, owner), mac, had)
                .asked(values.path("fixed_ips"));
        had.stream().filter(fixed -> !wants.contains(fixed)).forEach(fixed -> changes.add(release(fixed)));
        wants.stream().filter(fixed -> !had.contains(fixed)).forEach(fixed -> changes.add(claim(fixed, id(current))));
        values.set("fixed_ips", Fixed.document(wants));
    }

    /** Binds anew where the host changes; answers whether it did. */
    private static boolean changeBinding(View view, Network network, ObjectNode current, ObjectNode values) {
        if (values.path("binding:host_id").isNull()) {
            values.put("binding:host_id", "");
        }
        boolean moves = values.has("binding:host_id")
                && !text(values, "binding:host_id").equals(text(current, "binding:host_id"));
        boolean retries = values.has("binding:host_id")
                && text(current, "binding:vif_type").equals("binding_failed");
        boolean otherKind = values.has("binding:vnic_type")
                && !text(values, "binding:vnic_type").equals(text(current, "binding:vnic_type"));
        if (!moves && !retries && !otherKind) {
            return false;
        }
        var merged = current.deepCopy();
        merged.setAll(values);
        Binding.bind(view, merged, network);
        for (var name : List.of("binding:vif_type", "binding:vif_details")) {
            values.set(name, merged.path(name));
        }
        values.put("status", "DOWN");
        return true;
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        String owner = text(current, "device_owner");
        if (ROUTER.contains(owner)) {
            throw PortErrors.ownedByService(id(current), owner);
        }
        return new Decision<>(removal(current), current);
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
