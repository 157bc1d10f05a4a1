package io.isospin.server.feed;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;

import io.isospin.server.network.Network;
import io.isospin.server.port.HostBinding;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnet;
import io.isospin.server.subnet.Subnets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One network with all that hosts must know of it.
 *
 * @param standby the hosts on which a port is wired beside its own, by the port's id
 * @param hosts the agents' hosts
 */
record NetworkSlice(
        Network network, List<Subnet> subnets, List<ObjectNode> ports, Map<String, Set<String>> standby, Hosts hosts) {

    static Optional<NetworkSlice> of(View view, String network, Hosts hosts) {
        return of(view, network, ports(view, network), hosts);
    }

    /** The network without its ports, where one port's units are asked for. */
    static Optional<NetworkSlice> withoutPorts(View view, String network, Hosts hosts) {
        return of(view, network, List.of(), hosts);
    }

    private static Optional<NetworkSlice> of(View view, String network, List<ObjectNode> ports, Hosts hosts) {
        return view.get(NETWORK, network)
                .map(document -> new NetworkSlice(
                        new Network(document),
                        subnets(view, network),
                        ports,
                        HostBinding.standby(view, network),
                        hosts));
    }

    boolean standsBy(ObjectNode port, String host) {
        return standby.getOrDefault(id(port), Set.of()).contains(host);
    }

    private static List<Subnet> subnets(View view, String network) {
        return Subnets.of(view, network).stream().map(Subnet::new).toList();
    }

    private static List<ObjectNode> ports(View view, String network) {
        return view.list(
                PORT,
                Query.where(new Condition.In(
                        PORT.attribute("network_id").orElseThrow(), List.of(StringNode.valueOf(network)))));
    }
}
