package io.isospin.agent.wiring;

import io.isospin.agent.l2.L2Turn;
import io.isospin.agent.l2.PortStatus;
import io.isospin.agent.l2.Wiring;
import io.isospin.core.host.HostWiring;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What should be and is not, and what is and should not be: each once, and no more than a report takes. */
final class Differences {
    /** As many as a sentence names. */
    private static final int FEW = 5;

    private final Set<String> sentences = new LinkedHashSet<>();

    void add(String sentence) {
        sentences.add(
                sentence.length() > HostWiring.LONGEST_DIFFERENCE
                        ? sentence.substring(0, HostWiring.LONGEST_DIFFERENCE - 1) + "…"
                        : sentence);
    }

    List<String> sentences() {
        if (sentences.size() <= HostWiring.MOST_DIFFERENCES) {
            return List.copyOf(sentences);
        }
        int shown = HostWiring.MOST_DIFFERENCES - 1;
        var all = new ArrayList<>(sentences.stream().limit(shown).toList());
        all.add("and " + (sentences.size() - shown) + " more differences");
        return all;
    }

    /** Those of the root namespace, by network; {@code networks}: whose devices are whose. */
    static Map<Optional<ResourceId>, List<String>> of(
            L2Turn turn, String host, Map<InterfaceName, ResourceId> networks) {
        var found = new HashMap<Optional<ResourceId>, List<String>>();
        Map<ResourceId, PortStatus> statuses = new HashMap<>();
        turn.statuses().forEach(status -> statuses.put(status.port(), status));
        for (Wiring.Wired wired : turn.wiring().networks()) {
            var network = Optional.of(wired.network().id());
            String trouble = turn.troubles().get(wired.network().id());
            if (trouble != null) {
                add(found, network, withoutHost(host, trouble));
            }
            for (ResourceId port : wired.taps().keySet()) {
                PortStatus status = statuses.get(port);
                if (status != null && !status.up()) {
                    add(found, network, withoutHost(host, status.reason()));
                }
            }
        }
        for (Result failure : turn.failures()) {
            InterfaceName device = failure.operation().subject();
            add(found, Optional.ofNullable(device == null ? null : networks.get(device)), failure.message());
        }
        for (InterfaceName leftover : new TreeSet<>(turn.leftovers())) {
            add(found, Optional.ofNullable(networks.get(leftover)), leftover(turn, leftover));
        }
        return found;
    }

    private static void add(
            Map<Optional<ResourceId>, List<String>> found, Optional<ResourceId> network, String sentence) {
        found.computeIfAbsent(network, absent -> new ArrayList<>()).add(sentence);
    }

    /** Reports of ports begin with the host, which a part is of anyway. */
    private static String withoutHost(String host, String sentence) {
        return sentence.startsWith(host + ": ") ? sentence.substring(host.length() + 2) : sentence;
    }

    private static String leftover(L2Turn turn, InterfaceName name) {
        Map<InterfaceName, Link> links = turn.observed().links();
        Link link = links.get(name);
        if (link == null || !(link.kind() instanceof Link.Kind.Bridge)) {
            String bridge = links.values().stream()
                    .filter(each -> link != null && link.master() == each.index())
                    .map(each -> ", in the bridge " + each.name())
                    .findFirst()
                    .orElse("");
            return name + " is there" + bridge + ", and no network or port of this host wants it";
        }
        List<String> members = links.values().stream()
                .filter(each -> each.master() == link.index())
                .map(each -> each.name().value())
                .sorted()
                .toList();
        return name + " is there, and no network of this host wants it"
                + (members.isEmpty() ? "" : "; it stays as long as " + listed(members));
    }

    private static String listed(List<String> members) {
        return String.join(", ", members.subList(0, Math.min(FEW, members.size())))
                + (members.size() > FEW ? " and others" : "")
                + (members.size() == 1 ? " is in it" : " are in it");
    }
}
