package io.isospin.lab.compute;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Picks the host with the fewest instances of those that have room; of equals, the one with the first name. */
final class Scheduler {
    private final Hosts hosts;

    Scheduler(Hosts hosts) {
        this.hosts = hosts;
    }

    /** Empty where no host is left that fits. A forced host is in service or not, and has room or not: it is taken. */
    Optional<String> choose(Flavor flavor, Placement placement, Set<String> tried, List<Instance> instances) {
        return hosts.names().stream()
                .filter(host -> placement.host().map(host::equals).orElse(true))
                .filter(host -> !tried.contains(host))
                .filter(host -> placement.forced()
                        || placement.zone().map(hosts.zone(host)::equals).orElse(true))
                .filter(host ->
                        placement.forced() || (hosts.enabled(host) && Capacity.fits(flavor, on(host, instances))))
                .min(Comparator.<String>comparingInt(host -> on(host, instances).size())
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The zone of a host that was chosen; none where none was. */
    String zone(String host) {
        return host.isEmpty() ? "" : hosts.zone(host);
    }

    /** Nova's word for it that there is no host, with the reason. */
    String noValidHost(Placement placement) {
        var unknown = placement.host().filter(host -> !hosts.contains(host));
        return "No valid host was found. "
                + unknown.map(host -> "No such host - host: " + host + " node: " + host)
                        .orElse("There are not enough hosts available.");
    }

    private static List<Instance> on(String host, List<Instance> instances) {
        return instances.stream().filter(i -> i.host().equals(host)).toList();
    }
}
