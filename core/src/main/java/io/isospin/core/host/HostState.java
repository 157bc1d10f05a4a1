package io.isospin.core.host;

import io.isospin.core.net.ResourceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one host must contain, as of {@code revision} of {@code store}. Immutable. */
public record HostState(String store, long revision, Map<Unit.Key, Unit> units) {
    public static final HostState EMPTY = new HostState("", 0, Map.of());

    public HostState {
        units = Map.copyOf(units);
    }

    /** The state after {@code messages}, which end with an {@link FeedMessage.At}. */
    public HostState with(List<FeedMessage> messages) {
        var next = new LinkedHashMap<>(units);
        String atStore = store;
        long atRevision = revision;
        for (var message : messages) {
            switch (message) {
                case FeedMessage.Image image -> {
                    next.clear();
                    put(next, image.units());
                }
                case FeedMessage.Network network -> {
                    next.values().removeIf(unit -> unit.network().equals(network.network()));
                    put(next, network.units());
                }
                case FeedMessage.Put put -> next.put(put.unit().key(), put.unit());
                case FeedMessage.Delete delete -> next.remove(delete.key());
                case FeedMessage.At at -> {
                    atStore = at.store();
                    atRevision = at.revision();
                }
            }
        }
        return new HostState(atStore, atRevision, next);
    }

    private static void put(Map<Unit.Key, Unit> into, Collection<Unit> units) {
        units.forEach(unit -> into.put(unit.key(), unit));
    }

    public <T extends Unit> Stream<T> all(Class<T> kind) {
        return units.values().stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Whether it says of every reservation whose port it is, which servers and agents of earlier versions don't. */
    public boolean namesDevices() {
        return all(Unit.Reservation.class).allMatch(reservation -> reservation.deviceId() != null);
    }

    public Unit.@Nullable Network network(ResourceId id) {
        return units.get(new Unit.Key(Unit.Kind.NETWORK, id)) instanceof Unit.Network network ? network : null;
    }
}
