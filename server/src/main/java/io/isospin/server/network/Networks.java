package io.isospin.server.network;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.Segment;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Decides about networks. */
public final class Networks implements Endpoint {
    private static final List<String> PROVIDER =
            List.of("provider:network_type", "provider:physical_network", "provider:segmentation_id");
    /** As many ports as an error names. */
    private static final int NAMED = 50;

    private final SegmentConfig config;
    private final Segments segments;

    public Networks(SegmentConfig config) {
        this.config = config;
        this.segments = new Segments(config);
    }

    @Override
    public Resource resource() {
        return NETWORK;
    }

    /** Offers the configured ranges to tenants; run once at start, as the file may have changed. */
    public Decision<Boolean> offer(View view) {
        var changes = new ArrayList<Change>();
        config.vlanRanges().forEach((physical, ranges) -> changes.add(new Change.Offer("vlan/" + physical, ranges)));
        changes.add(new Change.Offer("vxlan", config.vniRanges()));
        return new Decision<>(changes, true);
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        var segment = segments.choose(view, values);
        if (view.owner(Segments.pool(segment), Segments.item(segment)).isPresent()) {
            throw NetworkErrors.segmentInUse(segment);
        }
        Network.write(values, segment);
        values.put("mtu", mtu(values, segment));
        values.put("status", "ACTIVE");
        values.set("subnets", JsonNodeFactory.instance.arrayNode());
        values.putNull("ipv4_address_scope").putNull("ipv6_address_scope");
        var document = Documents.created(NETWORK, values, view.now());
        return new Decision<>(
                List.of(
                        new Change.Claim(Segments.pool(segment), Segments.item(segment), id(document)),
                        new Change.Insert(NETWORK, document)),
                document);
    }

    private int mtu(ObjectNode values, Segment segment) {
        int largest = segments.largestMtu(segment);
        int asked = values.path("mtu").asInt(0);
        if (asked > largest) {
            throw BadRequest.input("Requested MTU is too big, maximum is " + largest);
        }
        return asked == 0 ? largest : asked;
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
            values.put("mtu", mtu(values, network.segment()));
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
        var segment = network.segment();
        changes.add(new Change.Release(Segments.pool(segment), Segments.item(segment)));
        changes.add(new Change.Delete(NETWORK, current));
        return new Decision<>(changes, current);
    }
}
