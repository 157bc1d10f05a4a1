package io.isospin.server.network;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.Catalogue.TRANSPARENT_NETWORK;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Resource;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.dhcp.DhcpAgents;
import io.isospin.server.identity.Caller;
import io.isospin.server.port.Ports;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Decides about networks. */
public final class Networks implements Endpoint {
    private static final List<String> PROVIDER =
            List.of("provider:network_type", "provider:physical_network", "provider:segmentation_id", "segments");
    /** As many ports as an error names. */
    private static final int NAMED = 50;

    private static final String TRANSPARENT = "vlan_transparent";

    /** Whether all networks have what the file asks for. */
    private static final String COMPLETED = "networks.transparent";

    private final Resource resource;
    private final Segments segments;
    private final Mtu mtu;
    private final DhcpAgents dhcp;

    public Networks(SegmentConfig config, DhcpAgents dhcp) {
        this.resource = config.vlanTransparent() ? TRANSPARENT_NETWORK : NETWORK;
        this.dhcp = dhcp;
        this.segments = new Segments(config);
        this.mtu = new Mtu(config);
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        checkZones(view, values.path("availability_zone_hints"));
        var chosen =
                segments.choose(view, text(values, "project_id"), Wanted.of(values), flag(values, "router:external"));
        Network.write(values, chosen);
        values.put("mtu", mtu.of(chosen, values.path("mtu").asInt(0)));
        values.put("l2_adjacency", true);
        values.put("status", "ACTIVE");
        values.set("availability_zones", JsonNodeFactory.instance.arrayNode());
        values.set("subnets", JsonNodeFactory.instance.arrayNode());
        values.putNull("ipv4_address_scope").putNull("ipv6_address_scope");
        if (resource.attribute(TRANSPARENT).isPresent() && !values.has(TRANSPARENT)) {
            values.putNull(TRANSPARENT);
        }
        var document = Documents.created(resource, values, view.now());
        var changes = new ArrayList<Change>();
        for (var segment : chosen) {
            changes.addAll(
                    NetworkSegment.plain(id(document), segment, view.now()).taken());
        }
        changes.add(new Change.Insert(NETWORK, document));
        return new Decision<>(changes, document);
    }

    /** Networks from before {@code vlan_transparent} was set show that nothing was asked of them; run at start. */
    public Decision<Boolean> complete(View view) {
        boolean has = resource.attribute(TRANSPARENT).isPresent();
        boolean had = view.remembered(COMPLETED).filter("true"::equals).isPresent();
        if (has == had) {
            return Decision.nothing(false);
        }
        var changes = new ArrayList<Change>();
        changes.add(new Change.Remember(COMPLETED, Boolean.toString(has)));
        for (var network : has ? view.list(NETWORK, Query.ALL) : List.<ObjectNode>of()) {
            if (!network.has(TRANSPARENT)) {
                var completed = network.deepCopy().putNull(TRANSPARENT);
                changes.add(Change.Update.of(resource, network, completed));
            }
        }
        return new Decision<>(changes, true);
    }

    private static void checkZones(View view, JsonNode hints) {
        for (var hint : hints) {
            if (!Agents.inZone(view, Agents.DHCP, hint.asString())) {
                throw NetworkErrors.noZone(hint.asString());
            }
        }
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var network = new Network(current);
        var changed = PROVIDER.stream()
                .filter(name -> values.has(name) && !values.path(name).equals(current.path(name)))
                .toList();
        if (!changed.isEmpty()) {
            throw BadRequest.input("Plugin does not support updating the following provider network attributes: "
                    + String.join(", ", changed));
        }
        if (values.has("mtu")) {
            values.put("mtu", mtu.of(network.segments(), values.path("mtu").asInt(0)));
        }
        var updates = Documents.updated(NETWORK, current, values, view.now());
        return new Decision<>(updates, Documents.after(updates, current));
    }

    private static Condition on(Resource resource, Network network) {
        return new Condition.In(
                resource.attribute("network_id").orElseThrow(),
                List.of(StringNode.valueOf(network.id().value())));
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var network = new Network(current);
        var ports = view.list(PORT, Query.where(on(PORT, network)).limit(NAMED));
        var held = ports.stream()
                .filter(port -> !Ports.isServicePort(text(port, "device_owner")))
                .map(Documents::id)
                .toList();
        if (!held.isEmpty()) {
            throw NetworkErrors.inUse(network.id(), held);
        }
        var changes = new ArrayList<Change>();
        ports.forEach(port -> changes.addAll(Ports.removal(port)));
        for (var subnet : view.list(SUBNET, Query.where(on(SUBNET, network)))) {
            changes.addAll(Subnets.removal(subnet));
        }
        changes.addAll(dhcp.withoutNetwork(view, network.id().value()));
        for (var segment : NetworkSegment.of(view, network.id().value())) {
            changes.addAll(segment.released());
        }
        changes.add(new Change.Delete(NETWORK, current));
        return new Decision<>(changes, current);
    }
}
