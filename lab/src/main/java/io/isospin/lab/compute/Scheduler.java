package io.isospin.lab.compute;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Picks the host with the fewest instances; of equals, the one with the first name. */
final class Scheduler {
    private final List<String> hosts;

    Scheduler(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** Empty where no host is left that fits. */
    Optional<String> choose(Placement placement, Set<String> tried, List<Instance> instances) {
        return hosts.stream()
                .filter(host -> placement.host().map(host::equals).orElse(true))
                .filter(host -> !tried.contains(host))
                .min(Comparator.<String>comparingLong(host -> instances.stream()
                                .filter(i -> i.host().equals(host))
                                .count())
                        .thenComparing(Comparator.naturalOrder()));
    }
}
