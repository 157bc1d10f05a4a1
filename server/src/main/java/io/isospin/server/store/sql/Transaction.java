package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import io.isospin.server.store.sql.Attempt.Care;
import io.isospin.server.store.sql.Attempt.Entangled;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The writer's transactions, on a connection of its own. A piece of a batch that is refused before it has changed anything leaves
 * the others alone; where one fails later, the batch is done again with each piece behind a savepoint. What a deadlock or a lost connection has undone is decided anew: decisions only read.
 */
final class Transaction {
    private static final int TRIES = 20;
    private static final int TRIES_TO_CONNECT = 4;
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 500;

    private final Connections connections;
    private final Dialect dialect;
    private final Memo memo = new Memo();
    private @Nullable Statements open;

    Transaction(Connections connections) {
        this.connections = connections;
        this.dialect = connections.dialect();
    }

    /**
     * Tries until the batch is durable, or it is clear that it will not be; each piece then knows its answer or its
     * failure.
     *
     * @return the last revision, where something was committed
     */
    OptionalLong perform(List<Work<?>> batch) {
        int connecting = 0;
        var care = batch.size() > 1 ? Care.TOGETHER : Care.ALONE;
        for (int tried = 1; ; tried++) {
            Attempt attempt = null;
            try {
                attempt = new Attempt(connections, connection(), memo, care);
                return attempt.run(batch);
            } catch (SQLException e) {
                boolean lost = dialect.lost(e);
                if (lost && attempt != null && attempt.isCommitting()) {
                    var found = outcome(attempt);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                abandon(lost);
                connecting += lost ? 1 : 0;
                if ((!lost && !dialect.passing(e)) || tried == TRIES || connecting == TRIES_TO_CONNECT) {
                    return failed(batch, connections.failure(e));
                }
                if (attempt == null || !attempt.isGuess()) {
                    pause(tried);
                }
            } catch (Entangled e) {
                abandon(false);
                care = Care.APART;
            } catch (RuntimeException e) {
                abandon(false);
                return failed(batch, e);
            }
        }
    }

    private static OptionalLong failed(List<Work<?>> batch, RuntimeException why) {
        batch.forEach(work -> work.failed(why));
        return OptionalLong.empty();
    }

    private Statements connection() throws SQLException {
        if (open == null) {
            open = connections.open();
        }
        return open;
    }

    /** Whether a COMMIT whose answer was lost has happened: then its last entry in the log is there. */
    private OptionalLong outcome(Attempt attempt) {
        abandon(true);
        try {
            var sql = connection();
            boolean there = attempt.lastLogged()
                    .filter(last -> isLogged(sql, last, attempt.revision()))
                    .isPresent();
            sql.run("ROLLBACK");
            return there ? OptionalLong.of(attempt.revision()) : OptionalLong.empty();
        } catch (SQLException | StoreException e) {
            // Not known, then: the pieces are tried again, which refuses what is there already by its id.
            abandon(true);
            return OptionalLong.empty();
        }
    }

    private boolean isLogged(Statements sql, String id, long revision) {
        try {
            return sql.one(row -> 1, "SELECT 1 FROM changes WHERE revision = ? AND resource_id = ?", revision, id)
                    .isPresent();
        } catch (SQLException e) {
            throw connections.failure(e);
        }
    }

    private void abandon(boolean lost) {
        memo.clear();
        if (open == null) {
            return;
        }
        try {
            open.reset();
            if (!lost) {
                open.run("ROLLBACK");
                return;
            }
        } catch (SQLException e) {
            // SQLite may have rolled back by itself; a connection that cannot is of no use any more.
            if (!dialect.lost(e)) {
                return;
            }
        }
        close();
    }

    private static void pause(int tried) {
        long most = Math.min(FIRST_PAUSE_MS << Math.min(tried, 10), LONGEST_PAUSE_MS);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            // Closing: the tries that are left go on without a pause.
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        var closing = open;
        open = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                if (!dialect.lost(e)) {
                    throw connections.failure(e);
                }
            }
        }
    }
}
