package io.isospin.server.feed;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.Segment;
import io.isospin.server.agent.Agents;
import io.isospin.server.network.Network;
import io.isospin.server.network.Reach;
import io.isospin.server.store.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What there is to know of the agents' hosts beyond their ports.
 *
 * @param reach what the Linux bridge agent of each host reports of itself
 * @param idle the hosts whose DHCP agent is administratively down
 */
record Hosts(Map<String, JsonNode> reach, Set<String> idle) {

    /** {@code servesDisabled}: whether a DHCP agent that is administratively down serves all the same. */
    static Hosts of(View view, boolean servesDisabled) {
        var reach = new HashMap<String, JsonNode>();
        for (var agent : Agents.all(view, Agents.LINUX_BRIDGE)) {
            reach.put(text(agent, "host"), agent.path("configurations"));
        }
        var idle = new HashSet<String>();
        if (!servesDisabled) {
            Agents.all(view, Agents.DHCP).stream()
                    .filter(agent -> !flag(agent, "admin_state_up"))
                    .forEach(agent -> idle.add(text(agent, "host")));
        }
        return new Hosts(Map.copyOf(reach), Set.copyOf(idle));
    }

    /** Where tunnels to a host end, if it has any. */
    Optional<IpAddress> vtep(String host) {
        var address = of(host).path("tunneling_ip");
        return address.isString() ? Optional.of(IpAddress.parse(address.stringValue())) : Optional.empty();
    }

    /** The segment over which a host joins a network; of one that reaches none any more, the first. */
    Optional<Segment> segment(String host, Network network) {
        var segments = network.segments();
        return Reach.first(of(host), segments).or(() -> segments.stream().findFirst());
    }

    private JsonNode of(String host) {
        return reach.getOrDefault(host, MissingNode.getInstance());
    }
}
