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
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements, each kept under its text. Belongs to one thread at a time.
 *
 * <p>Over a network each statement costs a round trip. Those whose result nobody needs are therefore put off until a
 * result is needed, and sent together.
 */
final class Statements implements AutoCloseable {
    private static final int KEPT = 256;

    private final Connection connection;
    private final boolean sendsTogether;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);
    private final Deferred later = new Deferred();
    private boolean answered;
    private @Nullable Beginning beginning;

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

    /** What a transaction begins with. */
    @FunctionalInterface
    interface Beginning {
        void begin() throws SQLException;
    }

    /** Lets {@code first} run before whatever is sent next, once. */
    void beforeNext(Beginning first) {
        beginning = first;
    }

    /** Runs what is to run first, if it has not. */
    void begin() throws SQLException {
        var first = beginning;
        if (first != null) {
            beginning = null;
            first.begin();
        }
    }

    /** Whether nothing is left that is to run first. */
    boolean hasBegun() {
        return beginning == null;
    }

    int run(String sql, Object... parameters) throws SQLException {
        begin();
        flush();
        try {
            return bound(sql, List.of(parameters)).executeUpdate();
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
    }

    /**
     * Runs a statement on one table before the next one whose result is needed, or at {@link #flush}: failures show then.
     * Of what is put off, only statements on the same table keep their order.
     */
    void later(String sql, Object... parameters) throws SQLException {
        if (!sendsTogether) {
            run(sql, parameters);
            return;
        }
        later.add(sql, List.of(parameters));
        if (later.isFull()) {
            flush();
        }
    }

    /** Whether the database has answered a question on it. */
    boolean hasAnswered() {
        return answered;
    }

    /** Runs what was put off. */
    void flush() throws SQLException {
        if (!later.isEmpty()) {
            begin();
            send(later.together("", List.of(), ""));
        }
    }

    /** Runs what was put off, and commits. */
    void commit() throws SQLException {
        if (later.isEmpty()) {
            run("COMMIT");
        } else {
            send(later.together("", List.of(), "COMMIT;"));
        }
    }

    /** Runs what was put off, and commits, if {@code guard} lets it; in place of what was to run first. */
    void commitIf(String guard, Object... parameters) throws SQLException {
        beginning = null;
        send(later.together(guard, List.of(parameters), "COMMIT;"));
    }

    private void send(Deferred.Block block) throws SQLException {
        later.clear();
        try {
            bound(block.sql(), block.parameters()).execute();
        } catch (SQLException e) {
            throw forgotten(block.sql(), e);
        }
    }

    /** Drops what was put off. */
    void forget() {
        later.clear();
    }

    /** Drops what was put off, and what was to run first. */
    void reset() {
        forget();
        beginning = null;
    }

    <T> List<T> all(Row<T> reader, String sql, Object... parameters) throws SQLException {
        return all(reader, sql, List.of(parameters));
    }

    <T> List<T> all(Row<T> reader, String sql, List<?> parameters) throws SQLException {
        begin();
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
        begin();
        flush();
        return ahead(reader, sql, parameters);
    }

    /** The first row, asked for ahead of what was put off. */
    <T> Optional<T> ahead(Row<T> reader, String sql, Object... parameters) throws SQLException {
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
