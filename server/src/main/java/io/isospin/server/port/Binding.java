package io.isospin.server.port;

import static io.isospin.server.api.Documents.text;

import io.isospin.server.agent.Agents;
import io.isospin.server.network.Network;
import io.isospin.server.network.Reach;
import io.isospin.server.store.View;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Binds a port to its host, as ML2's Linux bridge driver does: the host's agent must live and reach the segment. */
final class Binding {
    static final String BRIDGE = "bridge";

    private final Agents agents;

    Binding(Agents agents) {
        this.agents = agents;
    }

    /** Sets {@code binding:vif_type} and {@code binding:vif_details} of a port's values by its host. */
    void bind(View view, ObjectNode values, Network network) {
        String host = text(values, "binding:host_id");
        var details = JsonNodeFactory.instance.objectNode();
        String type;
        if (host.isEmpty()) {
            type = "unbound";
        } else if (text(values, "binding:vnic_type").equals("normal") && reaches(view, host, network)) {
            type = BRIDGE;
            details.put("connectivity", "l2").put("port_filter", true);
        } else {
            type = "binding_failed";
        }
        values.put("binding:vif_type", type);
        values.set("binding:vif_details", details);
    }

    static boolean isBound(ObjectNode port) {
        return text(port, "binding:vif_type").equals(BRIDGE);
    }

    private boolean reaches(View view, String host, Network network) {
        return agents.alive(view, Agents.LINUX_BRIDGE, host)
                .flatMap(agent -> Reach.first(agent.path("configurations"), network.segments()))
                .isPresent();
    }
}
