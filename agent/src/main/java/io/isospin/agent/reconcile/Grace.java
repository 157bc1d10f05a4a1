package io.isospin.agent.reconcile;

import io.isospin.core.net.InterfaceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * When an unwanted device may go: at once where this agent has known it as wanted, since then its going was told;
 * otherwise after it has been unwanted for a while, since the compute service may have made it for a port that the
 * feed has yet to tell of.
 */
final class Grace {
    private final long nanosOfGrace;
    private final LongSupplier nanos;
    private final Map<InterfaceName, Long> unwantedSince = new HashMap<>();
    private final Set<InterfaceName> wantedBefore = new HashSet<>();

    Grace(Duration grace, LongSupplier nanos) {
        this.nanosOfGrace = grace.toNanos();
        this.nanos = nanos;
    }

    boolean mayGo(InterfaceName name) {
        return wantedBefore.contains(name) || isLeftover(name);
    }

    /** Whether a device has been there for a while without being wanted: no one who takes it away is on the way. */
    boolean isLeftover(InterfaceName name) {
        Long since = unwantedSince.get(name);
        return since != null && nanos.getAsLong() - since >= nanosOfGrace;
    }

    /** Takes note of a plan's outcome: what is wanted now, and what is there without being wanted. */
    void note(Set<InterfaceName> wanted, Set<InterfaceName> unwanted) {
        wantedBefore.retainAll(unwanted);
        wantedBefore.addAll(wanted);
        unwantedSince.keySet().retainAll(unwanted);
        long now = nanos.getAsLong();
        unwanted.forEach(name -> unwantedSince.putIfAbsent(name, now));
    }
}
