package io.isospin.server.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection with its prepared statements, each kept under its text. Belongs to one thread at a time.
 *
 * <p>Over a network each statement costs a round trip. Those whose result nobody needs are therefore put off until a
 * result is needed, and sent together.
 */
final class Statements implements AutoCloseable {
    private static final int KEPT = 256;
    private static final int MOST_TOGETHER = 64;

    private final Connection connection;
    private final boolean sendsTogether;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);
    private final List<String> later = new ArrayList<>();
    private final List<Object> laterParameters = new ArrayList<>();
    private boolean answered;

    Statements(Connection connection) {
        this(connection, false);
    }

    /** {@code sendsTogether}: whether the connection takes several statements in one text. */
    Statements(Connection connection, boolean sendsTogether) {
        this.connection = connection;
        this.sendsTogether = sendsTogether;
    }

    /** Reads a row that the cursor stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    int run(String sql, Object... parameters) throws SQLException {
        flush();
        try {
            return bound(sql, List.of(parameters)).executeUpdate();
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
    }

    /** Runs a statement before the next one whose result is needed, or at {@link #flush}: failures show then. */
    void later(String sql, Object... parameters) throws SQLException {
        if (!sendsTogether) {
            run(sql, parameters);
            return;
        }
        if (later.size() == MOST_TOGETHER) {
            flush();
        }
        later.add(sql);
        laterParameters.addAll(List.of(parameters));
    }

    /** Whether the database has answered a question on it. */
    boolean hasAnswered() {
        return answered;
    }

    /** Runs what was put off. */
    void flush() throws SQLException {
        if (later.isEmpty()) {
            return;
        }
        String together = String.join(";", later);
        try {
            bound(together, laterParameters).execute();
        } catch (SQLException e) {
            throw forgotten(together, e);
        } finally {
            forget();
        }
    }

    /** Drops what was put off, and tells what that was. */
    List<String> forget() {
        var dropped = List.copyOf(later);
        later.clear();
        laterParameters.clear();
        return dropped;
    }

    <T> List<T> all(Row<T> reader, String sql, Object... parameters) throws SQLException {
        return all(reader, sql, List.of(parameters));
    }

    <T> List<T> all(Row<T> reader, String sql, List<?> parameters) throws SQLException {
        flush();
        var out = new ArrayList<T>();
        try (var rows = bound(sql, parameters).executeQuery()) {
            answered = true;
            while (rows.next()) {
                out.add(reader.read(rows));
            }
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
        return out;
    }

    <T> Optional<T> one(Row<T> reader, String sql, Object... parameters) throws SQLException {
        flush();
        try (var rows = bound(sql, List.of(parameters)).executeQuery()) {
            answered = true;
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
    }

    /** A statement that failed may be left in the midst of its execution: the next use prepares it anew. */
    private SQLException forgotten(String sql, SQLException failure) {
        var statement = prepared.remove(sql);
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private PreparedStatement bound(String sql, List<?> parameters) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
            if (prepared.size() > KEPT) {
                var eldest = prepared.entrySet().iterator();
                var oldest = eldest.next().getValue();
                eldest.remove();
                oldest.close();
            }
        }
        for (int i = 0; i < parameters.size(); i++) {
            switch (parameters.get(i)) {
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
                case Object text -> statement.setString(i + 1, text.toString());
            }
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (var statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
        connection.close();
    }
}
