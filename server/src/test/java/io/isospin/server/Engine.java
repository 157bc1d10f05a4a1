package io.isospin.server;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The engine of this run of the tests: {@code -Disospin.engine=mariadb}, or SQLite. */
public enum Engine {
    SQLITE,
    MARIADB;

    public static Engine ofThisRun() {
        return valueOf(System.getProperty("isospin.engine", "sqlite").toUpperCase(Locale.ROOT));
    }

    /** A connection to the data of a folder: the same one for the same folder. */
    public String connection(Path folder) {
        return switch (this) {
            case SQLITE -> "sqlite:///" + folder + "/neutron.sqlite";
            case MARIADB -> Schemas.of(folder);
        };
    }

    private static final class Schemas {
        private static final Map<Path, String> BY_FOLDER = new ConcurrentHashMap<>();

        private Schemas() {}

        static String of(Path folder) {
            return BY_FOLDER.computeIfAbsent(folder, one -> MariaDb.shared().schema());
        }
    }
}
