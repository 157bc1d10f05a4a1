package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.sql.SQLException;

/**
 * A transaction's hold on the row of {@code log_head}, which keeps all others from writing until it ends. Where nobody else seems to
 * write, the row is locked only when the database is asked something; and where it is asked nothing, as all that was to know is
 * remembered, the commit itself goes on only if the row is still as this writer has left it. That saves a round trip.
 */
final class Hold {
    /** As MariaDB tells of a row that has changed since it was read: the transaction may be tried again. */
    private static final int CHANGED = 1020;

    private static final String SERIALIZATION_FAILURE = "40001";

    private final Statements sql;
    private final Dialect dialect;
    private final Memo memo;
    private final boolean guessed;

    /** Begins a transaction. */
    Hold(Statements sql, Dialect dialect, Memo memo) throws SQLException {
        this.sql = sql;
        this.dialect = dialect;
        this.memo = memo;
        this.guessed = memo.isAlone() && dialect.guard().isPresent();
        dialect.beginWrite(sql);
        if (guessed) {
            sql.beforeNext(this::take);
        } else {
            take();
        }
    }

    private void take() throws SQLException {
        // Nothing that was put off goes before it: what another server's writing makes of that is no refusal.
        var found = sql.ahead(row -> new Turn(row.getLong(1), row.getLong(2)), dialect.lockedHead())
                .orElseThrow(() -> new StoreException("the database has lost its row in log_head", null));
        if (guessed && !found.equals(memo.turn())) {
            throw new SQLException("another server has written", SERIALIZATION_FAILURE, CHANGED);
        }
        memo.begin(found);
    }

    /** Whether the head was guessed when the transaction began. */
    boolean isGuess() {
        return guessed;
    }

    /** Makes sure that what was decided was decided on the present state, where nothing is to be committed. */
    void verify() throws SQLException {
        sql.begin();
    }

    /** Commits all that was put off, and {@code revision} as the last one. */
    void commit(long revision) throws SQLException {
        if (sql.hasBegun()) {
            sql.later("UPDATE log_head SET revision = ?, turn = turn + 1 WHERE id = 1", revision);
            sql.commit();
        } else {
            sql.commitIf(dialect.guard().orElseThrow(), revision, memo.turn().number());
        }
    }
}
