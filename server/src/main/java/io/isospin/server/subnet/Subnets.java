package io.isospin.server.subnet;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpRange;
import io.isospin.core.net.IpVersion;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.NotFound;
import io.isospin.server.dhcp.DhcpAgents;
import io.isospin.server.identity.Caller;
import io.isospin.server.port.AutomaticAddresses;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.port.FirstFree;
import io.isospin.server.port.Ports;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import io.isospin.server.subnetpool.Allocations;
import io.isospin.server.subnetpool.Scopes;
import io.isospin.server.subnetpool.Subnetpool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Decides about subnets. */
public final class Subnets implements Endpoint {
    private static final int OWNERS = 1000;

    private final DhcpAgents dhcp;
    private final DhcpPorts dhcpPorts;
    private final AutomaticAddresses automatic;
    private final Allocations allocations;

    public Subnets(DhcpAgents dhcp, DhcpPorts dhcpPorts, AutomaticAddresses automatic, Allocations allocations) {
        this.dhcp = dhcp;
        this.dhcpPorts = dhcpPorts;
        this.automatic = automatic;
        this.allocations = allocations;
    }

    @Override
    public Resource resource() {
        return SUBNET;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        String networkId = text(values, "network_id");
        var network = view.get(NETWORK, networkId).orElseThrow(() -> NotFound.of(NETWORK, networkId));
        ServiceTypes.settle(values);
        var siblings = of(view, networkId);
        var allocation = allocations.settle(view, caller, network, siblings, values);
        var cidr = IpPrefix.parse(text(values, "cidr"));
        if (!values.has("gateway_ip")) {
            values.set("gateway_ip", standardGateway(cidr));
        }
        SubnetRules.check(values);
        refuseOverlap(network, siblings, cidr);
        Routing.checkNew(view, networkId, siblings.stream().map(Subnet::new).toList(), text(values, "segment_id"));
        var subnet = new Subnet(values);
        var pools = values.path("allocation_pools").isArray()
                ? AllocationPools.given(values.path("allocation_pools"), cidr)
                : AllocationPools.standard(cidr, subnet.gateway());
        subnet.gateway().ifPresent(gateway -> AllocationPools.refuseGateway(gateway, pools));
        values.set("allocation_pools", Subnet.document(pools));
        var document = Documents.created(SUBNET, values, view.now());
        var changes = new ArrayList<>(allocation.changes());
        changes.add(new Change.Insert(SUBNET, document));
        changes.add(new Change.Offer(id(document), ranges(pools)));
        var made = new Subnet(document);
        var served = dhcp.serve(
                view,
                network,
                Stream.concat(siblings.stream().map(Subnet::new), Stream.of(made))
                        .toList(),
                new FirstFree(view).withNew(id(document), pools));
        changes.addAll(served.changes());
        changes.addAll(listed(view, served.network(), made, allocation.network()));
        changes.addAll(automatic.forNewSubnet(view, made));
        return new Decision<>(changes, document);
    }

    private static List<ItemRange> ranges(List<IpRange> pools) {
        return pools.stream().map(ItemRange::of).toList();
    }

    private static StringNode standardGateway(IpPrefix cidr) {
        boolean plain = cidr.version() == IpVersion.V6 || cidr.length() >= 31;
        return StringNode.valueOf((plain ? cidr.network() : cidr.network().plus(1)).toString());
    }

    private static List<Change> listed(View view, ObjectNode network, Subnet subnet, ObjectNode values) {
        var subnets = JsonNodeFactory.instance.arrayNode();
        network.path("subnets").forEach(subnets::add);
        subnets.add(subnet.id());
        values.set("subnets", subnets);
        values.put("l2_adjacency", subnet.segment().isEmpty());
        return Documents.updated(NETWORK, network, values, view.now());
    }

    public static List<ObjectNode> of(View view, String network) {
        return view.list(
                SUBNET,
                Query.where(new Condition.In(
                        SUBNET.attribute("network_id").orElseThrow(), List.of(StringNode.valueOf(network)))));
    }

    private static void refuseOverlap(ObjectNode network, List<ObjectNode> siblings, IpPrefix cidr) {
        for (var sibling : siblings) {
            var taken = new Subnet(sibling).cidr();
            if (taken.overlaps(cidr) && !taken.toString().equals(Allocations.PROVISIONAL)) {
                throw BadRequest.input("Requested subnet with cidr: " + cidr + " for network: " + id(network)
                        + " overlaps with another subnet");
            }
        }
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var before = new Subnet(current);
        var cidr = before.cidr();
        ServiceTypes.settle(values);
        if (values.has("segment_id")) {
            Routing.checkChange(
                    view,
                    before,
                    text(values, "segment_id"),
                    of(view, before.networkId()).size());
        }
        // The pools that there are, too, must be clear of a new gateway: they change in a request of their own.
        Optional<IpAddress> gateway = values.path("gateway_ip").isString()
                ? Optional.of(IpAddress.parse(text(values, "gateway_ip")))
                : Optional.empty();
        if (gateway.isPresent() && !gateway.equals(before.gateway())) {
            AllocationPools.refuseGateway(gateway.get(), before.pools());
        }
        var changes = new ArrayList<Change>();
        if (values.path("allocation_pools").isArray()) {
            var pools = AllocationPools.given(values.path("allocation_pools"), cidr);
            (values.has("gateway_ip") ? gateway : before.gateway())
                    .ifPresent(one -> AllocationPools.refuseGateway(one, pools));
            values.set("allocation_pools", Subnet.document(pools));
            if (!pools.equals(before.pools())) {
                changes.add(new Change.Offer(before.id(), ranges(pools)));
            }
        }
        if (values.has("gateway_ip") && !gateway.equals(before.gateway())) {
            before.gateway().ifPresent(old -> refuseUsedGateway(view, before.id(), old));
        }
        var merged = current.deepCopy();
        merged.setAll(values);
        SubnetRules.check(merged);
        var updates = Documents.updated(SUBNET, current, values, view.now());
        changes.addAll(updates);
        var after = Documents.after(updates, current);
        if (!updates.isEmpty()) {
            var network = view.get(NETWORK, before.networkId()).orElseThrow();
            boolean switched = before.dhcp() != new Subnet(after).dhcp();
            var renewed = switched ? switched(view, network, new Subnet(after), changes) : network.deepCopy();
            renewed.put("l2_adjacency", new Subnet(after).segment().isEmpty());
            changes.addAll(bumped(view, renewed));
        }
        return new Decision<>(changes, after);
    }

    /** The network after DHCP was switched on or off in one of its subnets. */
    private ObjectNode switched(View view, ObjectNode network, Subnet subnet, List<Change> changes) {
        if (!subnet.dhcp()) {
            changes.addAll(dhcpPorts.withoutSubnet(view, subnet));
            return network;
        }
        var subnets = of(view, subnet.networkId()).stream()
                .map(one -> id(one).equals(subnet.id()) ? subnet : new Subnet(one))
                .toList();
        var served = dhcp.serve(view, network, subnets, new FirstFree(view));
        changes.addAll(served.changes());
        return served.network();
    }

    /** A subnet's change counts as its network's too. */
    private static List<Change> bumped(View view, ObjectNode network) {
        var next = network.deepCopy();
        next.put("revision_number", network.path("revision_number").asInt(0) + 1);
        next.put("updated_at", view.now().toString());
        // The network may be one with changes that are not stored yet.
        var stored = view.get(NETWORK, id(network)).orElse(network);
        return List.of(Change.Update.of(NETWORK, stored, next));
    }

    private static void refuseUsedGateway(View view, String subnet, IpAddress gateway) {
        view.owner(subnet, ItemRange.item(gateway))
                .flatMap(port -> view.get(PORT, port))
                .filter(port -> text(port, "device_owner").startsWith("network:router"))
                .ifPresent(port -> {
                    throw new Conflict(
                            "GatewayIpInUse",
                            "Current gateway ip " + gateway + " already in use by port " + id(port)
                                    + ". Unable to update.");
                });
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var subnet = new Subnet(current);
        var changes = new ArrayList<Change>();
        for (var owner : Set.copyOf(view.owners(subnet.id(), subnet.automatic() ? Integer.MAX_VALUE : OWNERS))) {
            var port = view.get(PORT, owner).orElse(null);
            if (port == null) {
                continue;
            }
            String use = text(port, "device_owner");
            if (Ports.isInterface(use) || (!Ports.isServicePort(use) && !subnet.automatic())) {
                throw new Conflict(
                        "SubnetInUse",
                        "Unable to complete operation on subnet " + subnet.id()
                                + ": One or more ports have an IP allocation from this subnet.");
            }
            changes.addAll(Ports.withoutSubnet(view, port, subnet.id()));
        }
        changes.addAll(removal(current));
        view.get(NETWORK, subnet.networkId())
                .ifPresent(network -> changes.addAll(
                        Documents.updated(NETWORK, network, without(view, network, subnet), view.now())));
        return new Decision<>(changes, current);
    }

    /** What a network's attributes become when a subnet goes: the last of an address scope takes the scope along. */
    private static ObjectNode without(View view, ObjectNode network, Subnet subnet) {
        var values = JsonNodeFactory.instance.objectNode();
        var rest = values.putArray("subnets");
        network.path("subnets")
                .valueStream()
                .filter(one -> !one.asString().equals(subnet.id()))
                .forEach(rest::add);
        boolean last = of(view, subnet.networkId()).stream()
                .filter(one -> !id(one).equals(subnet.id()))
                .noneMatch(one -> new Subnet(one).version() == subnet.version());
        values.put("l2_adjacency", rest.isEmpty() || subnet.segment().isEmpty());
        if (last) {
            values.setAll(Scopes.scoped(subnet.version(), ""));
        }
        return values;
    }

    /** What removing a subnet comes to, beside its ports and its network's list. */
    public static List<Change> removal(ObjectNode subnet) {
        return Stream.concat(
                        Subnetpool.returned(subnet),
                        Stream.of(new Change.Drop(id(subnet)), new Change.Delete(SUBNET, subnet)))
                .toList();
    }
}
