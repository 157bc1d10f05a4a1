package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.Instance.Label;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** The instances that there are. Every change is one step under one lock, and is on the shelf when it is done. */
public final class Instances {
    private final Clock clock;
    private final Kept<Instance> kept;
    private int last;

    /** Those on the shelf are there from the beginning. */
    public Instances(Clock clock, Shelf shelf) {
        this.clock = clock;
        this.kept = new Kept<>(
                shelf, "servers", instance -> instance.id().value(), InstanceJson::write, InstanceJson::read);
        this.last = kept.all().stream().mapToInt(Instance::number).max().orElse(0);
    }

    /** Adds those that {@code make} makes, each given its number. What {@code allowed} throws keeps them all out. */
    synchronized List<Instance> add(List<IntFunction<Instance>> make, Runnable allowed) {
        allowed.run();
        return make.stream()
                .map(one -> {
                    var instance = one.apply(++last);
                    kept.put(instance);
                    return instance;
                })
                .toList();
    }

    public synchronized Optional<Instance> find(ResourceId id) {
        return kept.find(id.value());
    }

    /** The server that the path names; another project's does not exist for those who are no administrators. */
    Instance of(Asked asked) {
        String id = asked.call().variable("id");
        return kept.find(id)
                .filter(instance -> asked.caller().admin()
                        || instance.projectId().equals(asked.caller().projectId()))
                .orElseThrow(() -> Refusal.notFound("Instance " + id + " could not be found."));
    }

    /** The same, refused where it is locked and no administrator asks. */
    Instance unlocked(Asked asked) {
        var instance = of(asked);
        if (instance.label().lock().isPresent() && !asked.caller().admin()) {
            throw Refusal.conflict("Instance " + instance.id() + " is locked");
        }
        return instance;
    }

    /** Newest first, as Nova lists them. */
    public synchronized List<Instance> all() {
        return kept.all().stream()
                .sorted(Comparator.comparing(Instance::created)
                        .thenComparingInt(Instance::number)
                        .reversed())
                .toList();
    }

    /** Changes an instance; empty where it has gone. */
    synchronized Optional<Instance> update(ResourceId id, UnaryOperator<Instance> change) {
        return kept.update(id.value(), old -> change.apply(old).updated(now()));
    }

    Optional<Instance> label(ResourceId id, UnaryOperator<Label> change) {
        return update(id, instance -> instance.labelled(change.apply(instance.label())));
    }

    /** Chooses a host in view of all instances and writes it down in the same step. */
    synchronized Optional<Instance> place(
            ResourceId id, Function<List<Instance>, String> choose, UnaryOperator<String> zone) {
        var others = kept.all().stream().filter(other -> !other.id().equals(id)).toList();
        String host = choose.apply(others);
        return update(id, instance -> instance.on(host, zone.apply(host)));
    }

    synchronized void remove(ResourceId id) {
        kept.remove(id.value());
    }

    /** The time as servers show it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
