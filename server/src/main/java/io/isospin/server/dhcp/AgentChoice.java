package io.isospin.server.dhcp;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.agent.Agents;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Chooses agents among those that live, are enabled, stand in the right zone, and do not serve the network yet. */
final class AgentChoice {
    /** Agents that are looked at together: the least loaded ones are nearly always among the first. */
    private static final int LOOK = 32;

    private final Agents agents;
    private final DhcpSettings settings;

    AgentChoice(Agents agents, DhcpSettings settings) {
        this.agents = agents;
        this.settings = settings;
    }

    /** {@code serving}: the agents that serve the network already; {@code zones}: any, where there is none; {@code near}: may serve. */
    List<ObjectNode> choose(
            View view, List<ObjectNode> serving, List<String> zones, Predicate<ObjectNode> near, int needed) {
        var known = serving.stream().map(agent -> id(agent)).collect(Collectors.toCollection(HashSet::new));
        Predicate<ObjectNode> fit = agent -> agents.isAlive(agent, view.now())
                && flag(agent, "admin_state_up")
                && !known.contains(id(agent))
                && near.test(agent)
                && (zones.isEmpty() || zones.contains(text(agent, "availability_zone")));
        return switch (settings.choice()) {
            case WEIGHT -> leastLoaded(view, fit, needed);
            case CHANCE -> anyOf(leastLoaded(view, fit, Integer.MAX_VALUE), needed);
            case ZONES -> spread(leastLoaded(view, fit, Integer.MAX_VALUE), serving, needed);
        };
    }

    private static List<ObjectNode> leastLoaded(View view, Predicate<ObjectNode> fit, int needed) {
        if (needed <= 0) {
            return List.of();
        }
        var found = new ArrayList<ObjectNode>();
        for (int skip = 0; found.size() < needed; skip += LOOK) {
            var some = view.byLoad(Agents.DHCP, skip, LOOK);
            some.stream().filter(fit).forEach(found::add);
            if (some.size() < LOOK) {
                break;
            }
        }
        return first(found, needed);
    }

    private static List<ObjectNode> anyOf(List<ObjectNode> fitting, int needed) {
        var mixed = new ArrayList<>(fitting);
        Collections.shuffle(mixed, ThreadLocalRandom.current());
        return first(mixed, needed);
    }

    /** Zone after zone: the one with the fewest agents of the network, of these the one with the least loaded agent. */
    private static List<ObjectNode> spread(List<ObjectNode> fitting, List<ObjectNode> serving, int needed) {
        Map<String, List<ObjectNode>> waiting = new LinkedHashMap<>();
        fitting.forEach(agent -> waiting.computeIfAbsent(text(agent, "availability_zone"), key -> new ArrayList<>())
                .add(agent));
        Map<String, Integer> served = new LinkedHashMap<>();
        waiting.keySet()
                .forEach(zone -> served.put(
                        zone,
                        Math.toIntExact(serving.stream()
                                .filter(agent ->
                                        text(agent, "availability_zone").equals(zone))
                                .count())));
        var chosen = new ArrayList<ObjectNode>();
        while (chosen.size() < needed && !waiting.isEmpty()) {
            String zone = waiting.keySet().stream()
                    .min(Comparator.comparingInt(one -> served.getOrDefault(one, 0)))
                    .orElseThrow();
            var there = waiting.getOrDefault(zone, List.of());
            chosen.add(there.removeFirst());
            served.merge(zone, 1, Integer::sum);
            if (there.isEmpty()) {
                waiting.remove(zone);
            }
        }
        return chosen;
    }

    private static List<ObjectNode> first(List<ObjectNode> agents, int needed) {
        return List.copyOf(agents.subList(0, Math.min(needed, agents.size())));
    }
}
