package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.identity.Token;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The moves that there were. */
final class Migrations {
    private final Kept<Migration> kept;
    private final Clock clock;

    /** A move that the lab did not live to end has ended in error. */
    Migrations(Shelf shelf, Clock clock) {
        this.clock = clock;
        this.kept =
                new Kept<>(shelf, "migrations", migration -> migration.id().value(), Migration::json, Migration::read);
        kept.all().stream()
                .filter(migration -> !migration.status().over())
                .forEach(migration -> kept.put(migration.is(Migration.Status.ERROR, clock.instant())));
    }

    /** Newest first. */
    List<Migration> all() {
        return kept.all().stream()
                .sorted(Comparator.comparingInt(Migration::number).reversed())
                .toList();
    }

    Migration begin(Instance server, boolean live, Token caller) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        synchronized (kept) {
            int last = kept.all().stream().mapToInt(Migration::number).max().orElse(0);
            var migration = new Migration(
                    last + 1,
                    ResourceId.random(),
                    server.id(),
                    live,
                    server.host(),
                    "",
                    Migration.Status.PREPARING,
                    server.state(),
                    caller.user().id(),
                    caller.projectId(),
                    now,
                    now);
            kept.put(migration);
            return migration;
        }
    }

    void destination(Migration migration, String host) {
        kept.update(migration.id().value(), old -> old.to(host));
    }

    void status(Migration migration, Migration.Status status) {
        kept.update(
                migration.id().value(), old -> old.is(status, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** The cold move that waits for the word that it may stay. */
    Optional<Migration> toConfirm(ResourceId server) {
        return all().stream()
                .filter(migration ->
                        migration.server().equals(server) && migration.status() == Migration.Status.FINISHED)
                .findFirst();
    }
}
