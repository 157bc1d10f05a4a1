package io.isospin.server.network;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.Segmentation.SEGMENT;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.Segment;
import io.isospin.core.schema.Resource;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.NotFound;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Decides about the segments of networks that are there. */
public final class SegmentEndpoint implements Endpoint {
    private final Segments segments;
    private final Mtu mtu;

    public SegmentEndpoint(SegmentConfig config) {
        this.segments = new Segments(config);
        this.mtu = new Mtu(config);
    }

    @Override
    public Resource resource() {
        return SEGMENT;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        String id = text(values, "network_id");
        var document = view.get(NETWORK, id).orElseThrow(() -> NotFound.of(NETWORK, id));
        var network = new Network(document);
        var all = new ArrayList<>(network.segments());
        var chosen = segments.choose(view, network.project(), Wanted.of(values, ""), Set.copyOf(all));
        all.add(chosen);
        var segment =
                new NetworkSegment(Documents.created(SEGMENT, NetworkSegment.with(values, "", chosen), view.now()));
        var changes = new ArrayList<>(segment.taken());
        // Frames that fit the network so far may be too large for the new segment.
        mtu.of(all, network.mtu());
        changes.add(renewed(view, document, all));
        return new Decision<>(changes, segment.document());
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var updates = Documents.updated(SEGMENT, current, values, view.now());
        return new Decision<>(updates, Documents.after(updates, current));
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var segment = new NetworkSegment(current);
        var subnets = ids(view, SUBNET, "segment_id", segment.id());
        if (!subnets.isEmpty()) {
            throw inUse(segment, "The segment is still associated with subnet(s) " + String.join(", ", subnets));
        }
        var document = view.get(NETWORK, segment.network()).orElseThrow(() -> NotFound.of(NETWORK, segment.network()));
        var network = new Network(document);
        var bound = portsOver(view, network, segment.segment());
        if (!bound.isEmpty()) {
            throw inUse(segment, "The segment is still bound with port(s) " + String.join(", ", bound));
        }
        var rest = network.segments().stream()
                .filter(one -> !one.equals(segment.segment()))
                .toList();
        var changes = new ArrayList<>(segment.released());
        changes.add(renewed(view, document, rest));
        return new Decision<>(changes, current);
    }

    private static Conflict inUse(NetworkSegment segment, String reason) {
        return new Conflict("SegmentInUse", "Segment '" + segment.id() + "' cannot be deleted: " + reason + ".");
    }

    private static List<String> ids(View view, Resource resource, String attribute, String value) {
        return view.list(resource, Query.where(is(resource, attribute, value))).stream()
                .map(Documents::id)
                .toList();
    }

    private static Condition is(Resource resource, String attribute, String value) {
        return new Condition.In(resource.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    /** The ports that are bound where the network runs over a segment: a question for each host, not for each port. */
    private static List<String> portsOver(View view, Network network, Segment segment) {
        var ports = new ArrayList<String>();
        String id = network.id().value();
        for (var host : view.hosts(id)) {
            boolean over = Agents.on(view, Agents.LINUX_BRIDGE, host)
                    .flatMap(agent -> Reach.first(agent.path("configurations"), network.segments()))
                    .filter(segment::equals)
                    .isPresent();
            if (over) {
                var here = Query.where(is(PORT, "network_id", id), is(PORT, "binding:host_id", host));
                view.list(PORT, here).stream()
                        .filter(port -> text(port, "binding:vif_type").equals("bridge"))
                        .map(Documents::id)
                        .forEach(ports::add);
            }
        }
        return ports;
    }

    private static Change renewed(View view, ObjectNode network, List<Segment> segments) {
        var next = network.deepCopy();
        Network.write(next, segments);
        next.put("revision_number", network.path("revision_number").asInt(0) + 1);
        next.put("updated_at", view.now().toString());
        return Change.Update.of(NETWORK, network, next);
    }
}
