package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to the schema of this version. Each step only adds, so that servers of the version before go on
 * meanwhile.
 */
final class Migrations {
    private static final String LATEST = "11";
    private static final String HISTORY = "flyway_schema_history";
    /** The table in which Neutron itself keeps the version of its schema. */
    private static final String NEUTRON = "alembic_version";

    private final String name;
    private final String url;
    private final Properties properties;
    private final String folder;
    private final String document;

    private Migrations(String name, String url, Properties properties, String folder, String document) {
        this.name = name;
        this.url = url;
        this.properties = properties;
        this.folder = folder;
        this.document = document;
    }

    static Migrations of(Path file) {
        return new Migrations(file.toString(), SqliteConnections.url(file), new Properties(), "sqlite", "TEXT");
    }

    static Migrations of(Database.Server server) {
        return new Migrations(
                server.name(),
                MariaDbConnections.url(server),
                MariaDbConnections.properties(server),
                "mariadb",
                "LONGTEXT");
    }

    void run() throws SQLException {
        // Flyway costs a third of a second; a database that is up to date is seen with one query.
        if (isLatest()) {
            return;
        }
        try {
            Flyway.configure()
                    .dataSource(url, properties.getProperty("user", ""), properties.getProperty("password", ""))
                    .jdbcProperties(properties.entrySet().stream()
                            .collect(Collectors.toMap(
                                    one -> one.getKey().toString(),
                                    one -> one.getValue().toString())))
                    .locations("classpath:db/migration/" + folder, "classpath:db/migration/both")
                    .placeholders(Map.of("document", document))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    "cannot bring the database " + name + " to this version's schema: " + e.getMessage(), e);
        }
    }

    private boolean isLatest() throws SQLException {
        try (var connection = DriverManager.getConnection(url, properties);
                var statement = connection.createStatement()) {
            var tables = connection.getMetaData();
            try (var neutron = tables.getTables(connection.getCatalog(), null, NEUTRON, null)) {
                if (neutron.next()) {
                    throw new StoreException(
                            "the database " + name + " holds Neutron's own tables, which stay as they are. Make an"
                                    + " empty one beside it and name that in [database] connection.",
                            null);
                }
            }
            try (var history = tables.getTables(connection.getCatalog(), null, HISTORY, null)) {
                if (!history.next()) {
                    return false;
                }
            }
            try (var history = statement.executeQuery(
                    "SELECT 1 FROM " + HISTORY + " WHERE success = 1 AND version = '" + LATEST + "'")) {
                return history.next();
            }
        }
    }
}
