package io.isospin.server.dhcp;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;

import io.isospin.core.schema.PythonText;
import io.isospin.core.schema.ScalarTypes;
import io.isospin.core.schema.Schema;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/agents/{id}/dhcp-networks}: the networks that a DHCP agent serves. */
public final class AgentNetworks implements MemberHandler {
    private final Store store;
    private final DhcpAgents dhcp;
    private final Policy policy;

    public AgentNetworks(Store store, DhcpAgents dhcp, Policy policy) {
        this.store = store;
        this.dhcp = dhcp;
        this.policy = policy;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("GET", "", "list_agent_dhcp_networks", "List the networks that the DHCP agent serves")
                        .answers(200, Operations.listed(NETWORK))
                        .about(NETWORK),
                Operation.of("POST", "", "add_agent_dhcp_network", "Let the DHCP agent serve a network")
                        .takes(Schema.of("object").mustKey("network_id", ScalarTypes.ID.schema()))
                        .answers(201, Schema.of("null")),
                Operation.of(
                        "DELETE",
                        Operations.one(NETWORK),
                        "remove_agent_dhcp_network",
                        "Let the DHCP agent no longer serve a network"));
    }

    @Override
    public Response handle(Request request, String agent, List<String> rest) {
        if (rest.isEmpty()) {
            return switch (request.method()) {
                case "GET" -> {
                    allow(request, "get_dhcp-networks");
                    yield Response.ok(store.read(view -> networks(view, agent)));
                }
                case "POST" -> {
                    allow(request, "create_dhcp-network");
                    yield add(request, agent);
                }
                default -> throw new MethodNotAllowed();
            };
        }
        if (rest.size() > 1 || !request.method().equals("DELETE")) {
            throw NotFound.page();
        }
        allow(request, "delete_dhcp-network");
        store.write(view -> dhcp.remove(view, agent, rest.getFirst()));
        return Response.noContent();
    }

    /** As Neutron asks: of nothing in particular. */
    private void allow(Request request, String rule) {
        policy.require(request.caller(), rule, JsonNodeFactory.instance.objectNode());
    }

    private static ObjectNode networks(View view, String agent) {
        var seats = Seat.ofAgent(view, agent);
        if (seats.isEmpty() && view.get(AGENT, agent).isEmpty()) {
            throw NotFound.of(AGENT, agent);
        }
        var body = JsonNodeFactory.instance.objectNode();
        var networks = body.putArray("networks");
        seats.forEach(seat -> view.get(NETWORK, seat.network()).ifPresent(networks::add));
        return body;
    }

    private Response add(Request request, String agent) {
        var network = request.requiredBody().path("network_id");
        if (network.isMissingNode()) {
            throw BadRequest.http("Failed to parse request. Required attribute 'network_id' not specified");
        }
        if (!network.isString()) {
            throw BadRequest.http(
                    "Invalid input for network_id. Reason: '" + PythonText.str(network) + "' is not a valid UUID.");
        }
        store.write(view -> dhcp.add(view, agent, network.stringValue()));
        return new Response(201, "null");
    }
}
