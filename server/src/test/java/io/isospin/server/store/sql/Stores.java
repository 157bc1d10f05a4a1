package io.isospin.server.store.sql;

import io.isospin.core.config.Settings;
import io.isospin.server.Engine;
import io.isospin.server.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores of this run's engine over one database, each as a server of its own would open it. */
final class Stores implements AutoCloseable {
    private final Path folder;
    private @Nullable Store one;

    Stores() {
        try {
            folder = Files.createTempDirectory("stores");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Database database() {
        try {
            var file = Files.writeString(
                    folder.resolve("neutron.conf"),
                    "[database]\nconnection = " + Engine.ofThisRun().connection(folder) + "\n");
            return DatabaseSettings.of(Settings.read(List.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that all tests of a class share. */
    synchronized Store one() {
        if (one == null) {
            one = SqlStore.open(database());
        }
        return one;
    }

    @Override
    public void close() {
        if (one != null) {
            one.close();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
