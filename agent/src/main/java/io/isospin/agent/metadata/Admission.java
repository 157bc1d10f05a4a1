package io.isospin.agent.metadata;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import java.util.HashMap;
import java.util.Map;

/** Counts connections, so that no guest and no network takes more than its share. Safe for use by several threads. */
final class Admission {
    /** Who connects: an address means something on its network only. */
    record Source(ResourceId network, IpAddress address) {}

    private final Limits limits;
    private final Map<ResourceId, Integer> ofNetwork = new HashMap<>();
    private final Map<Source, Integer> ofSource = new HashMap<>();
    private int all;

    Admission(Limits limits) {
        this.limits = limits;
    }

    /** Whether one more is taken; if so, {@link #leave} must be called for it. */
    synchronized boolean enter(Source source) {
        boolean room = all < limits.connections()
                && ofNetwork.getOrDefault(source.network(), 0) < limits.ofNetwork()
                && ofSource.getOrDefault(source, 0) < limits.ofSource();
        if (room) {
            all++;
            ofNetwork.merge(source.network(), 1, Integer::sum);
            ofSource.merge(source, 1, Integer::sum);
        }
        return room;
    }

    synchronized void leave(Source source) {
        all--;
        ofNetwork.computeIfPresent(source.network(), (key, count) -> count == 1 ? null : count - 1);
        ofSource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
    }
}
