package io.isospin.lab.compute;

import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** The aggregates that there are, and so the zones: a host that no aggregate puts elsewhere is in {@code nova}. */
final class Aggregates {
    private final Kept<Aggregate> kept;

    Aggregates(Shelf shelf) {
        this.kept =
                new Kept<>(shelf, "aggregates", one -> Integer.toString(one.id()), Aggregate::json, Aggregate::read);
    }

    List<Aggregate> all() {
        return kept.all().stream()
                .sorted(Comparator.comparingInt(Aggregate::id))
                .toList();
    }

    Optional<Aggregate> find(String id) {
        return kept.find(id);
    }

    Aggregate add(IntFunction<Aggregate> make) {
        synchronized (kept) {
            var made =
                    make.apply(kept.all().stream().mapToInt(Aggregate::id).max().orElse(0) + 1);
            kept.put(made);
            return made;
        }
    }

    Optional<Aggregate> update(Aggregate aggregate, UnaryOperator<Aggregate> change) {
        return kept.update(Integer.toString(aggregate.id()), change);
    }

    void remove(Aggregate aggregate) {
        kept.remove(Integer.toString(aggregate.id()));
    }

    String zone(String host) {
        return all().stream()
                .filter(one -> one.hosts().contains(host))
                .flatMap(one -> one.zone().stream())
                .findFirst()
                .orElse(Placement.ZONE);
    }
}
