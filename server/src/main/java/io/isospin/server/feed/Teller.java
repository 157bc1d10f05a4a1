package io.isospin.server.feed;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.Segmentation.PORT_BINDING;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.Unit;
import io.isospin.core.net.ResourceId;
import io.isospin.server.agent.Agents;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.store.Logged;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a batch of changes is to each host. What many hosts ask for is looked up once, so that a host that a change does
 * not concern costs a look into a set.
 */
final class Teller {
    private final View view;
    private final Hosts agentHosts;
    private final Map<String, Optional<ObjectNode>> ports = new HashMap<>();
    private final Map<String, Optional<ObjectNode>> bindings = new HashMap<>();
    private final Map<String, Optional<NetworkSlice>> slices = new HashMap<>();
    private final Map<String, Optional<NetworkSlice>> wholeSlices = new HashMap<>();
    private final Map<String, List<ObjectNode>> dhcpPorts = new HashMap<>();
    private final Map<String, Set<String>> hosts = new HashMap<>();
    private final Map<Long, List<String>> touched = new HashMap<>();

    Teller(View view, Hosts agentHosts) {
        this.view = view;
        this.agentHosts = agentHosts;
    }

    /** A network with all of its units on a host, or with none where it has left the host. */
    FeedMessage.Network whole(String network, String host) {
        return new FeedMessage.Network(
                new ResourceId(network),
                wholeSlices
                        .computeIfAbsent(network, id -> NetworkSlice.of(view, id, agentHosts))
                        .map(slice -> Compiler.units(slice, host))
                        .orElse(List.of()));
    }

    List<FeedMessage> news(Subscriber subscriber, List<Logged> changes) {
        var told = new Told(subscriber);
        for (var change : changes) {
            if (change.revision() <= subscriber.from()) {
                continue;
            }
            if (change.resource().equals(AGENT)) {
                agent(told, change);
            } else if (change.resource().equals(PORT)) {
                port(told, change);
            } else if (change.resource().equals(PORT_BINDING)) {
                binding(told, change);
            } else if (change.resource().equals(NETWORK) || change.resource().equals(SUBNET)) {
                network(told, change);
            }
        }
        return told.messages;
    }

    /** The messages for one subscriber, and the networks that they tell anew altogether. */
    private final class Told {
        final Subscriber subscriber;
        final List<FeedMessage> messages = new ArrayList<>();
        final Set<String> anew = new HashSet<>();

        Told(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        boolean has(String network) {
            return subscriber.networks().contains(network);
        }

        void put(Unit unit) {
            messages.add(new FeedMessage.Put(unit));
        }

        void anew(String network) {
            if (!anew.add(network)) {
                return;
            }
            var message = whole(network, subscriber.host());
            boolean had = message.units().isEmpty()
                    ? subscriber.networks().remove(network)
                    : !subscriber.networks().add(network);
            if (had || !message.units().isEmpty()) {
                messages.add(message);
            }
        }
    }

    /**
     * An agent's tunnel address may have changed: the networks that it shares with the subscriber are told anew. One that
     * is switched on or off concerns its own host alone.
     */
    private void agent(Told told, Logged change) {
        var agent = view.get(AGENT, change.id());
        if (agent.isEmpty()) {
            return;
        }
        boolean own = text(agent.get(), "host").equals(told.subscriber.host());
        if (change.detail().has("admin_state_up")) {
            if (own) {
                List.copyOf(told.subscriber.networks()).forEach(told::anew);
            }
            return;
        }
        if (!text(agent.get(), "agent_type").equals(Agents.LINUX_BRIDGE)) {
            return;
        }
        if (own) {
            // Over another segment, perhaps, where the host's bridge mappings are others now.
            List.copyOf(told.subscriber.networks()).stream()
                    .filter(network -> slice(network)
                            .filter(one -> one.network().segments().size() > 1)
                            .isPresent())
                    .forEach(told::anew);
            return;
        }
        var shared = new LinkedHashSet<>(view.networks(text(agent.get(), "host")));
        shared.retainAll(told.subscriber.networks());
        shared.forEach(told::anew);
    }

    private void network(Told told, Logged change) {
        for (var network : touched.computeIfAbsent(change.revision(), key -> Touched.networks(view, change))) {
            if (!told.has(network) || told.anew.contains(network)) {
                continue;
            }
            var slice = slice(network);
            var server = servedOn(told.subscriber.host(), network);
            if (slice.isEmpty() || change.detail().has("segments")) {
                told.anew(network);
            } else if (change.resource().equals(NETWORK)) {
                Compiler.network(slice.get(), told.subscriber.host()).ifPresent(told::put);
                server.ifPresent(port -> told.put(Compiler.dhcp(slice.get(), port)));
            } else {
                // A subnet's DHCP decides which reservations there are.
                server.ifPresent(port -> told.anew(network));
            }
        }
    }

    private void port(Told told, Logged change) {
        if (Touched.concernsHosts(change)) {
            port(told, change.id(), change.detail(), change.kind() != Logged.Kind.INSERT);
        }
    }

    /** A port that comes to a host beside its own, or leaves one. */
    private void binding(Told told, Logged change) {
        var binding = change.kind() == Logged.Kind.DELETE
                ? Optional.of(change.detail())
                : lookUp(bindings, change.id(), id -> view.get(PORT_BINDING, id));
        binding.ifPresent(one -> port(told, text(one, "port_id"), one, true));
    }

    /** @param last what was known of a port that may be no more */
    private void port(Told told, String id, ObjectNode last, boolean knownBefore) {
        var port = lookUp(ports, id, key -> view.get(PORT, key));
        String network = text(port.orElse(last), "network_id");
        String host = told.subscriber.host();
        boolean has = !network.isEmpty()
                && hosts.computeIfAbsent(network, key -> Set.copyOf(view.hosts(key)))
                        .contains(host);
        boolean had = told.has(network);
        if ((!had && !has) || told.anew.contains(network)) {
            return;
        }
        if (had != has || Compiler.isDhcpPort(port.orElse(last))) {
            told.anew(network);
            return;
        }
        var gone = new EnumMap<Unit.Kind, FeedMessage>(Unit.Kind.class);
        if (knownBefore) {
            for (var kind : List.of(Unit.Kind.PORT, Unit.Kind.PEER, Unit.Kind.RESERVATION)) {
                gone.put(kind, new FeedMessage.Delete(new Unit.Key(kind, new ResourceId(id))));
            }
        }
        var slice = slice(network);
        if (port.isPresent() && slice.isPresent()) {
            boolean serves = servedOn(host, network).isPresent();
            for (var unit : Compiler.units(slice.get(), port.get(), host, serves)) {
                gone.remove(unit.key().kind());
                told.put(unit);
            }
        }
        told.messages.addAll(gone.values());
    }

    private Optional<NetworkSlice> slice(String network) {
        return lookUp(slices, network, id -> NetworkSlice.withoutPorts(view, id, agentHosts));
    }

    private Optional<ObjectNode> servedOn(String host, String network) {
        return agentHosts.idle().contains(host)
                ? Optional.empty()
                : lookUp(dhcpPorts, network, id -> DhcpPorts.of(view, id)).stream()
                        .filter(port -> Compiler.boundTo(port, host))
                        .findFirst();
    }

    private static <T> T lookUp(Map<String, T> known, String key, Function<String, T> look) {
        return known.computeIfAbsent(key, look);
    }
}
