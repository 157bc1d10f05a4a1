package io.isospin.server.dhcp;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.agent.Agents;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.NotFound;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.port.FirstFree;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Routing;
import io.isospin.server.subnet.Subnet;
import io.isospin.server.subnet.Subnets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which DHCP agents serve a network. Each one that does has a seat in it, and as long as the network has a
 * subnet with DHCP, a port of its own there.
 */
public final class DhcpAgents {
    private final DhcpSettings settings;
    private final AgentChoice choice;
    private final DhcpPorts ports;

    public DhcpAgents(Agents agents, DhcpSettings settings, DhcpPorts ports) {
        this.settings = settings;
        this.choice = new AgentChoice(agents, settings);
        this.ports = ports;
    }

    /** What serving a network comes to, and the network's own document with it, which the caller writes. */
    public record Served(ObjectNode network, List<Change> changes) {
        /** All changes, the network's document among them where it differs from {@code before}. */
        public List<Change> after(ObjectNode before) {
            var all = new ArrayList<>(changes);
            if (!network.equals(before)) {
                all.add(Change.Update.of(NETWORK, before, network));
            }
            return all;
        }
    }

    /** As {@link #serve(View, ObjectNode, List, FirstFree)}, of a network whose subnets are all stored. */
    public Served serve(View view, ObjectNode network) {
        return serve(view, network, subnets(view, network), new FirstFree(view));
    }

    /**
     * Sees to it that a network has all of its agents, and each agent its port.
     *
     * @param subnets the network's subnets, as they will be
     * @param free where the ports' addresses come from
     */
    public Served serve(View view, ObjectNode network, List<Subnet> subnets, FirstFree free) {
        var changes = new ArrayList<Change>();
        var seats = Seat.inNetwork(view, id(network));
        var serving = new ArrayList<>(agents(view, seats));
        boolean waits = false;
        if (settings.schedules()) {
            for (var area : areas(view, network, subnets)) {
                long there = serving.stream().filter(area.near()).count();
                int needed = settings.agentsPerNetwork() - Math.toIntExact(there);
                var chosen = choice.choose(view, List.copyOf(serving), zones(network), area.near(), needed);
                chosen.forEach(agent -> changes.addAll(taken(id(network), id(agent))));
                serving.addAll(chosen);
                waits |= chosen.size() < needed && area.dhcp();
            }
        }
        changes.addAll(vacancy(id(network), seats, waits));
        changes.addAll(ports.ensure(view, network, subnets, serving, free));
        return new Served(withZones(network, serving), changes);
    }

    /** A part of a network that has agents of its own; {@code near}: the agents that reach it. */
    private record Area(Predicate<ObjectNode> near, boolean dhcp) {}

    /** The whole of a network, or each segment of a routed one that has subnets. */
    private static List<Area> areas(View view, ObjectNode network, List<Subnet> subnets) {
        var routing = new Routing(view, id(network), subnets);
        if (!routing.isRouted()) {
            return List.of(new Area(agent -> true, subnets.stream().anyMatch(Subnet::dhcp)));
        }
        return routing.segments().stream()
                .map(segment -> new Area(
                        agent -> routing.reaches(text(agent, "host"), segment),
                        subnets.stream()
                                .anyMatch(subnet ->
                                        subnet.dhcp() && subnet.segment().equals(segment))))
                .toList();
    }

    /** Whether a network lacks agents that the server would choose. */
    public boolean lacksAgents(View view, String network) {
        return settings.schedules()
                && Seat.inNetwork(view, network).stream()
                                .filter(seat -> !seat.isVacant())
                                .count()
                        < settings.agentsPerNetwork();
    }

    private static List<Change> vacancy(String network, List<Seat> seats, boolean waits) {
        var vacant = seats.stream().filter(Seat::isVacant).toList();
        if (waits) {
            return vacant.isEmpty() ? List.of(Seat.vacated(network)) : List.of();
        }
        return vacant.stream().map(Seat::removal).toList();
    }

    private List<String> zones(ObjectNode network) {
        var hints = network.path("availability_zone_hints");
        return hints.isEmpty()
                ? settings.zones()
                : hints.valueStream().map(hint -> hint.asString()).toList();
    }

    /** Gives a network to an agent, as an administrator asked. */
    Decision<Boolean> add(View view, String agentId, String networkId) {
        var network = view.get(NETWORK, networkId).orElseThrow(() -> NotFound.of(NETWORK, networkId));
        var agent = view.get(AGENT, agentId).orElseThrow(() -> NotFound.of(AGENT, agentId));
        boolean available = settings.servesDisabled() || flag(agent, "admin_state_up");
        if (!text(agent, "agent_type").equals(Agents.DHCP) || !available) {
            throw new NotFound(
                    "InvalidDHCPAgent", "Agent " + agentId + " is not a valid DHCP Agent or has been disabled.");
        }
        var seats = Seat.inNetwork(view, networkId);
        if (seats.stream().anyMatch(seat -> seat.agent().equals(agentId))) {
            throw new Conflict(
                    "NetworkHostedByDHCPAgent",
                    "The network " + networkId + " has been already hosted by the DHCP Agent " + agentId + ".");
        }
        var serving =
                Stream.concat(agents(view, seats).stream(), Stream.of(agent)).toList();
        var changes = new ArrayList<>(taken(networkId, agentId));
        if (serving.size() >= settings.agentsPerNetwork()) {
            changes.addAll(vacancy(networkId, seats, false));
        }
        changes.addAll(ports.ensure(view, network, subnets(view, network), serving, new FirstFree(view)));
        return new Decision<>(new Served(withZones(network, serving), changes).after(network), true);
    }

    /** Takes a network from an agent; the agent's port stays, reserved, with its addresses. */
    Decision<Boolean> remove(View view, String agentId, String networkId) {
        var agent = view.get(AGENT, agentId).orElseThrow(() -> NotFound.of(AGENT, agentId));
        var seat = Seat.of(view, agentId, networkId)
                .orElseThrow(() -> new Conflict(
                        "NetworkNotHostedByDhcpAgent",
                        "The network " + networkId + " is not hosted by the DHCP Agent " + agentId + "."));
        return new Decision<>(removed(view, agent, seat), true);
    }

    /** What it comes to that an agent is no more; its networks wait for others. */
    public List<Change> withoutAgent(View view, ObjectNode agent) {
        var changes = new ArrayList<Change>();
        for (var seat : Seat.ofAgent(view, id(agent))) {
            changes.addAll(removed(view, agent, seat));
            boolean waits = Seat.inNetwork(view, seat.network()).stream().anyMatch(Seat::isVacant);
            if (settings.schedules() && !waits) {
                changes.add(Seat.vacated(seat.network()));
            }
        }
        return changes;
    }

    private List<Change> removed(View view, ObjectNode agent, Seat seat) {
        var changes = new ArrayList<Change>();
        changes.add(seat.removal());
        if (settings.countsNetworks()) {
            changes.add(new Change.MoreLoad(id(agent), -1));
        }
        changes.addAll(ports.reserve(view, seat.network(), text(agent, "host")));
        view.get(NETWORK, seat.network()).ifPresent(network -> {
            var rest = agents(view, Seat.inNetwork(view, seat.network())).stream()
                    .filter(one -> !id(one).equals(id(agent)))
                    .toList();
            changes.addAll(new Served(withZones(network, rest), List.of()).after(network));
        });
        return changes;
    }

    /** What it comes to that a network is no more, beside its ports. */
    public List<Change> withoutNetwork(View view, String network) {
        var changes = new ArrayList<Change>();
        for (var seat : Seat.inNetwork(view, network)) {
            changes.add(seat.removal());
            if (!seat.isVacant() && settings.countsNetworks()) {
                changes.add(new Change.MoreLoad(seat.agent(), -1));
            }
        }
        return changes;
    }

    /** The networks of an agent that has moved to another zone, with their zones. */
    public List<Change> moved(View view, ObjectNode agent) {
        var changes = new ArrayList<Change>();
        for (var seat : Seat.ofAgent(view, id(agent))) {
            view.get(NETWORK, seat.network()).ifPresent(network -> {
                var serving = agents(view, Seat.inNetwork(view, seat.network())).stream()
                        .map(one -> id(one).equals(id(agent)) ? agent : one)
                        .toList();
                changes.addAll(new Served(withZones(network, serving), List.of()).after(network));
            });
        }
        return changes;
    }

    /** The agent's load by its own count, where that is what loads are counted in. */
    public List<Change> counted(ObjectNode agent) {
        return settings.countsNetworks()
                ? List.of()
                : List.of(new Change.Load(
                        id(agent),
                        agent.path("configurations").path(settings.loadType()).asInt(0)));
    }

    private static List<Change> taken(String network, String agent) {
        return List.of(Seat.taken(network, agent), new Change.MoreLoad(agent, 1));
    }

    private static List<ObjectNode> agents(View view, List<Seat> seats) {
        return seats.stream()
                .filter(seat -> !seat.isVacant())
                .flatMap(seat -> view.get(AGENT, seat.agent()).stream())
                .toList();
    }

    private static List<Subnet> subnets(View view, ObjectNode network) {
        return Subnets.of(view, id(network)).stream().map(Subnet::new).toList();
    }

    private static ObjectNode withZones(ObjectNode network, List<ObjectNode> serving) {
        var zones = JsonNodeFactory.instance.arrayNode();
        serving.stream()
                .map(agent -> text(agent, "availability_zone"))
                .filter(zone -> !zone.isEmpty())
                .distinct()
                .sorted()
                .forEach(zones::add);
        if (zones.equals(network.path("availability_zones"))) {
            return network;
        }
        var next = network.deepCopy();
        next.set("availability_zones", zones);
        return next;
    }
}
