package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** The instances that there are. Every change is one step under one lock, and is on the shelf when it is done. */
public final class Instances {
    private final Clock clock;
    private final Map<ResourceId, Instance> byId = new LinkedHashMap<>();
    private final Shelf shelf;
    private int last;

    /** Those on the shelf are there from the beginning. */
    public Instances(Clock clock, Shelf shelf) {
        this.clock = clock;
        this.shelf = shelf;
        for (var instance : shelf.all()) {
            byId.put(instance.id(), instance);
            last = Math.max(last, instance.number());
        }
    }

    synchronized Instance add(IntFunction<Instance> make) {
        var instance = make.apply(++last);
        shelf.put(instance);
        byId.put(instance.id(), instance);
        return instance;
    }

    public synchronized Optional<Instance> find(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Newest first, as Nova lists them. */
    public synchronized List<Instance> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Instance::created)
                        .thenComparingInt(Instance::number)
                        .reversed())
                .toList();
    }

    /** Changes an instance; empty where it has gone. */
    synchronized Optional<Instance> update(ResourceId id, UnaryOperator<Instance> change) {
        var changed = Optional.ofNullable(byId.computeIfPresent(
                id, (key, old) -> change.apply(old).updated(clock.instant().truncatedTo(ChronoUnit.SECONDS))));
        changed.ifPresent(shelf::put);
        return changed;
    }

    /** Chooses a host in view of all instances and writes it down in the same step. */
    synchronized Optional<Instance> place(ResourceId id, Function<List<Instance>, String> choose) {
        var others =
                byId.values().stream().filter(other -> !other.id().equals(id)).toList();
        return update(id, instance -> instance.on(choose.apply(others)));
    }

    synchronized void remove(ResourceId id) {
        byId.remove(id);
        shelf.remove(id);
    }
}
