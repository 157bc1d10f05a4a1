package io.isospin.lab.compute;

import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The flavors that there are; those of {@link Flavor#ALL} until somebody changes that. */
final class Flavors {
    private final Kept<Flavor> flavors;

    Flavors(Shelf shelf) {
        this.flavors = new Kept<>(shelf, "flavors", Flavor::id, Flavor::json, Flavor::read);
        if (flavors.all().isEmpty()) {
            Flavor.ALL.forEach(flavors::put);
        }
    }

    List<Flavor> all() {
        return flavors.all();
    }

    Optional<Flavor> find(String id) {
        return flavors.find(id);
    }

    /** False where there is one of its id or name already. */
    boolean add(Flavor flavor) {
        synchronized (flavors) {
            return flavors.all().stream().noneMatch(other -> other.name().equals(flavor.name())) && flavors.add(flavor);
        }
    }

    Optional<Flavor> update(String id, UnaryOperator<Flavor> change) {
        return flavors.update(id, change);
    }

    boolean remove(String id) {
        return flavors.remove(id).isPresent();
    }
}
