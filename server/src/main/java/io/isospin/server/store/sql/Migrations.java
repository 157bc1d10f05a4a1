package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to the schema of this version. */
final class Migrations {
    private static final String LATEST = "1";

    private Migrations() {}

    static void run(String url) throws SQLException {
        // Flyway costs a third of a second; a database that is up to date is seen with one query.
        if (isLatest(url)) {
            return;
        }
        try {
            Flyway.configure()
                    .dataSource(url, "", "")
                    .locations("classpath:db/migration/sqlite", "classpath:db/migration/both")
                    .placeholders(Map.of("document", "TEXT"))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    "cannot bring the database " + url + " to this version's schema: " + e.getMessage(), e);
        }
    }

    private static boolean isLatest(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            try (var tables =
                    statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'")) {
                if (!tables.next()) {
                    return false;
                }
            }
            try (var history = statement.executeQuery(
                    "SELECT 1 FROM flyway_schema_history WHERE success = 1 AND version = '" + LATEST + "'")) {
                return history.next();
            }
        }
    }
}
