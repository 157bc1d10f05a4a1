package io.isospin.agent.mirror;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What came with the feed.
 *
 * @param networks the networks whose units may differ
 * @param renewed the units that differ from before, or that the server has sent on purpose though they are the same
 */
public record Change(HostView before, HostView after, Set<ResourceId> networks, Set<Unit.Key> renewed) {

    static Change of(HostView before, HostView after, List<FeedMessage> messages) {
        var networks = new HashSet<ResourceId>();
        var renewed = new HashSet<Unit.Key>();
        for (FeedMessage message : messages) {
            switch (message) {
                case FeedMessage.Image image -> {
                    networks.addAll(before.networks());
                    networks.addAll(after.networks());
                    differing(before.state(), image.units(), renewed);
                }
                case FeedMessage.Network network -> {
                    networks.add(network.network());
                    differing(before.state(), network.units(), renewed);
                }
                case FeedMessage.Put put -> {
                    networks.add(put.unit().network());
                    renewed.add(put.unit().key());
                }
                case FeedMessage.Delete delete -> {
                    Unit gone = before.state().units().get(delete.key());
                    if (gone != null) {
                        networks.add(gone.network());
                    }
                }
                case FeedMessage.At _ -> {}
            }
        }
        return new Change(before, after, networks, renewed);
    }

    private static void differing(HostState before, List<Unit> units, Set<Unit.Key> into) {
        for (Unit unit : units) {
            if (!Objects.equals(before.units().get(unit.key()), unit)) {
                into.add(unit.key());
            }
        }
    }
}
