package io.isospin.server.dhcp;

import static io.isospin.core.schema.Segmentation.DHCP_SEAT;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.ResourceId;
import io.isospin.server.store.Change;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Query.Sort;
import io.isospin.server.store.View;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A DHCP agent's place in a network; without an agent, the network waits for one. */
record Seat(ObjectNode document) {
    private static final String VACANT = "";

    static List<Seat> inNetwork(View view, String network) {
        return view.list(DHCP_SEAT, Query.where(is("network_id", network))).stream()
                .map(Seat::new)
                .toList();
    }

    static List<Seat> ofAgent(View view, String agent) {
        return view.list(DHCP_SEAT, Query.where(is("agent_id", agent))).stream()
                .map(Seat::new)
                .toList();
    }

    /** Some seats of an agent. */
    static List<Seat> ofAgent(View view, String agent, int limit) {
        return view.list(DHCP_SEAT, Query.where(is("agent_id", agent)).limit(limit)).stream()
                .map(Seat::new)
                .toList();
    }

    /** Vacant seats in the order of their ids. */
    static List<Seat> vacant(View view, @Nullable Seat after, int limit) {
        var byId = new Sort(DHCP_SEAT.attribute("id").orElseThrow(), false);
        var query = new Query(
                List.of(is("agent_id", VACANT)), List.of(byId), limit, after == null ? null : after.document());
        return view.list(DHCP_SEAT, query).stream().map(Seat::new).toList();
    }

    static Optional<Seat> of(View view, String agent, String network) {
        return view.list(DHCP_SEAT, Query.where(is("network_id", network), is("agent_id", agent))).stream()
                .findFirst()
                .map(Seat::new);
    }

    private static Condition is(String attribute, String value) {
        return new Condition.In(DHCP_SEAT.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    static Change taken(String network, String agent) {
        return new Change.Insert(
                DHCP_SEAT,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", ResourceId.random().value())
                        .put("network_id", network)
                        .put("agent_id", agent));
    }

    static Change vacated(String network) {
        return taken(network, VACANT);
    }

    String network() {
        return text(document, "network_id");
    }

    String agent() {
        return text(document, "agent_id");
    }

    boolean isVacant() {
        return agent().equals(VACANT);
    }

    Change removal() {
        return new Change.Delete(DHCP_SEAT, document);
    }
}
