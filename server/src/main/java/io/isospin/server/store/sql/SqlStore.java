package io.isospin.server.store.sql;

import io.isospin.core.net.ResourceId;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.Taken;
import io.isospin.server.store.View;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A store in SQL.
 *
 * <p>Writers go one after the other, on SQLite because a file has one writer, on MariaDB because each transaction holds
 * the row in {@code log_head} until it has committed. So whatever a decision has seen is still true when its changes
 * are made, revisions are committed in the order in which they are handed out, and a reader that has seen revision N will
 * never meet a smaller one that it has not seen. One thread ({@link GroupCommit}) writes for all requests of a server and puts
 * what waits into one transaction, which is what makes up for going one after the other.
 */
public final class SqlStore implements Store {
    private static final String ID = "store.id";
    /** As many connections of a pool as may be stale one after the other. */
    private static final int STALE = 5;
    /** How often a decision is made whose claims somebody else has. */
    private static final int DRAWS = 8;

    private final String id;
    private final Connections connections;
    private final GroupCommit writer;
    private final Head head;

    private SqlStore(Connections connections) {
        this.connections = connections;
        this.head = new Head(connections.others(), () -> read(View::revision));
        this.writer = new GroupCommit(connections, head::reached);
        try {
            this.id = write(SqlStore::named);
            head.reached(read(View::revision));
        } catch (StoreException e) {
            close();
            throw e;
        }
        head.follow();
    }

    private static Decision<String> named(View view) {
        return view.remembered(ID).map(Decision::nothing).orElseGet(() -> {
            String name = ResourceId.random().value();
            return new Decision<>(List.of(new Change.Remember(ID, name)), name);
        });
    }

    /**
     * Opens a database, making its schema where that is missing or of an earlier version. A server that is not there yet is
     * waited for, as often as it says.
     *
     * @throws StoreException naming the database and what is wrong with it
     */
    public static SqlStore open(Database database) {
        return switch (database) {
            case Database.File(var path) -> {
                SqliteConnections.unpackBeside(path);
                try {
                    Migrations.of(path).run();
                    yield new SqlStore(new SqliteConnections(path));
                } catch (SQLException e) {
                    throw new StoreException(
                            "cannot use the database file " + path + ": "
                                    + SqlFailure.of(e).getMessage(),
                            e);
                }
            }
            case Database.Server server -> {
                Awaiting.server(server, () -> Migrations.of(server).run());
                yield new SqlStore(new MariaDbConnections(server));
            }
        };
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public <T> T read(Function<View, T> reader) {
        for (int tried = 1; ; tried++) {
            try {
                Statements connection = connections.borrow();
                try {
                    return read(connection, reader);
                } catch (StoreException e) {
                    // A connection of the pool that the database's restart has ended, before the reader saw anything.
                    if (tried > STALE || connection.hasAnswered() || !isLost(e)) {
                        throw e;
                    }
                } finally {
                    connections.giveBack(connection);
                }
            } catch (SQLException e) {
                throw connections.failure(e);
            }
        }
    }

    private boolean isLost(StoreException e) {
        return e.getCause() instanceof SQLException cause
                && connections.dialect().lost(cause);
    }

    private <T> T read(Statements connection, Function<View, T> reader) throws SQLException {
        connections.dialect().beginRead(connection);
        try {
            T result = reader.apply(new SqlView(connection, connections));
            connection.run("COMMIT");
            return result;
        } catch (RuntimeException e) {
            try {
                connection.run("ROLLBACK");
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    @Override
    public <T> T write(Function<View, Decision<T>> decision) {
        return writeAll(List.of(decision)).getFirst();
    }

    @Override
    public <T> List<T> writeAll(List<Function<View, Decision<T>>> decisions) {
        for (int tried = 1; ; tried++) {
            try {
                return writer.submit(decisions);
            } catch (Taken e) {
                // A decision may claim without looking whether anybody has it: the next will draw something else.
                if (tried == DRAWS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public long awaitChange(long after, Duration atMost) throws InterruptedException {
        return head.await(after, atMost);
    }

    @Override
    public void close() {
        head.close();
        writer.close();
        try {
            connections.close();
        } catch (SQLException e) {
            throw connections.failure(e);
        }
    }
}
