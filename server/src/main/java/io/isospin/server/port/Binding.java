package io.isospin.server.port;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.Segment;
import io.isospin.server.agent.Agents;
import io.isospin.server.network.Network;
import io.isospin.server.store.View;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Binds a port to its host, as ML2's Linux bridge driver does: the host's agent must live and reach the segment. */
final class Binding {
    static final String BRIDGE = "bridge";

    private Binding() {}

    /** Sets {@code binding:vif_type} and {@code binding:vif_details} of a port's values by its host. */
    static void bind(View view, ObjectNode values, Network network) {
        String host = text(values, "binding:host_id");
        var details = JsonNodeFactory.instance.objectNode();
        String type;
        if (host.isEmpty()) {
            type = "unbound";
        } else if (text(values, "binding:vnic_type").equals("normal") && reaches(view, host, network.segment())) {
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

    private static boolean reaches(View view, String host, Segment segment) {
        return Agents.alive(view, Agents.LINUX_BRIDGE, host)
                .map(agent -> agent.path("configurations"))
                .filter(has -> switch (segment) {
                    case Segment.Flat(var physical) ->
                        has.path("bridge_mappings").has(physical);
                    case Segment.Vlan(var physical, var vlan) ->
                        has.path("bridge_mappings").has(physical);
                    case Segment.Vxlan vxlan -> has.path("tunneling_ip").isString();
                })
                .isPresent();
    }
}
