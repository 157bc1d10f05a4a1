package io.isospin.server;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flywaydb.core.Flyway;

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

    /** The same for JDBC. */
    public String jdbc(Path folder) {
        return switch (this) {
            case SQLITE -> "jdbc:sqlite:" + folder + "/neutron.sqlite";
            case MARIADB -> MariaDb.shared().jdbc(connection(folder).replaceAll(".*/(\\w+)\\?.*", "$1"));
        };
    }

    /** Brings it to the schema of an earlier version. */
    void migrate(Path folder, String version) {
        Flyway.configure()
                .dataSource(jdbc(folder), "", "")
                .locations("classpath:db/migration/" + name().toLowerCase(Locale.ROOT), "classpath:db/migration/both")
                .placeholders(Map.of("document", this == SQLITE ? "TEXT" : "LONGTEXT"))
                .target(version)
                .load()
                .migrate();
    }

    private static final class Schemas {
        private static final Map<Path, String> BY_FOLDER = new ConcurrentHashMap<>();

        private Schemas() {}

        static String of(Path folder) {
            return BY_FOLDER.computeIfAbsent(folder, one -> MariaDb.shared().schema());
        }
    }
}
