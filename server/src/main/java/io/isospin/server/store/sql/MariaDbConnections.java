package io.isospin.server.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.isospin.server.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** A MariaDB server: a pool for readers, and connections of their own for who asks. */
final class MariaDbConnections implements Connections {
    /** How late a reader may hear of another server's commit: the head is one row, read by its key. */
    private static final Duration OTHERS = Duration.ofMillis(50);

    private final Database.Server server;
    private final Dialect dialect = new MariaDbDialect();
    private final HikariDataSource readers;

    MariaDbConnections(Database.Server server) {
        this.server = server;
        var config = new HikariConfig();
        config.setPoolName("readers");
        config.setJdbcUrl(url(server));
        config.setDataSourceProperties(properties(server));
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMinimumIdle(server.pool().idle());
        config.setMaximumPoolSize(server.pool().most());
        config.setConnectionTimeout(server.pool().patience().toMillis());
        config.setMaxLifetime(server.pool().life().toMillis());
        // Whether the server is there has been seen by who made the schema.
        config.setInitializationFailTimeout(-1);
        readers = new HikariDataSource(config);
    }

    static String url(Database.Server server) {
        return "jdbc:mariadb://" + server.host() + ":" + server.port() + "/" + server.schema();
    }

    static Properties properties(Database.Server server) {
        var properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        properties.setProperty("connectTimeout", "5000");
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("cachePrepStmts", "true");
        // Text compares byte by byte, as SQLite compares it; sizes and dates are never silently cut.
        properties.setProperty("sessionVariables", "collation_connection='utf8mb4_bin',sql_mode='STRICT_ALL_TABLES'");
        server.options().forEach(properties::setProperty);
        return properties;
    }

    /** Tells of a server that cannot be used, with what was tried. */
    static StoreException failure(Database.Server server, SQLException e) {
        return new StoreException("The database " + server.name() + " failed: " + e.getMessage(), e);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Statements open() throws SQLException {
        var properties = properties(server);
        properties.setProperty("useServerPrepStmts", "false");
        properties.setProperty("allowMultiQueries", "true");
        var connection = DriverManager.getConnection(url(server), properties);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return new Statements(connection, true);
    }

    @Override
    public Statements borrow() throws SQLException {
        return new Statements(readers.getConnection());
    }

    @Override
    public void giveBack(Statements connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public RuntimeException failure(SQLException e) {
        return failure(server, e);
    }

    @Override
    public Optional<Duration> others() {
        return Optional.of(OTHERS);
    }

    @Override
    public void close() {
        readers.close();
    }
}
