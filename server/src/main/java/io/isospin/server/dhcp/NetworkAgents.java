package io.isospin.server.dhcp;

import static io.isospin.core.schema.Catalogue.AGENT;

import io.isospin.server.agent.AgentEndpoint;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Store;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /v2.0/networks/{id}/dhcp-agents}: the DHCP agents that serve a network. */
public final class NetworkAgents implements MemberHandler {
    private final Store store;
    private final AgentEndpoint agents;
    private final Policy policy;

    public NetworkAgents(Store store, AgentEndpoint agents, Policy policy) {
        this.store = store;
        this.agents = agents;
        this.policy = policy;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("GET", "", "list_network_dhcp_agents", "List the DHCP agents that serve the network")
                        .answers(200, Operations.listed(AGENT))
                        .about(AGENT));
    }

    @Override
    public Response handle(Request request, String network, List<String> rest) {
        policy.require(request.caller(), "get_dhcp-agents", JsonNodeFactory.instance.objectNode());
        if (!rest.isEmpty()) {
            throw NotFound.page();
        }
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowed();
        }
        var body = JsonNodeFactory.instance.objectNode();
        var serving = body.putArray(AGENT.collection());
        return store.read(view -> {
            for (var seat : Seat.inNetwork(view, network)) {
                if (!seat.isVacant()) {
                    view.get(AGENT, seat.agent()).ifPresent(agent -> serving.add(agents.completed(view, agent)));
                }
            }
            return Response.ok(body);
        });
    }
}
