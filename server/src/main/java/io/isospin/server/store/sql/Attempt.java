package io.isospin.server.store.sql;

import io.isospin.server.store.Change;
import io.isospin.server.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One try of a batch in one transaction. A {@link SQLException} that comes out of it has undone the whole transaction; what
 * is wrong with one piece stays with that piece.
 */
final class Attempt {
    private static final String SAVEPOINT = "SAVEPOINT piece";

    private final Connections connections;
    private final Dialect dialect;
    private final Statements sql;
    private final Memo memo;
    private final boolean several;
    private final Applier applier;
    private boolean committing;

    /** Begins the transaction: nobody else writes until it ends. */
    Attempt(Connections connections, Statements sql, Memo memo, boolean several) throws SQLException {
        this.connections = connections;
        this.dialect = connections.dialect();
        this.sql = sql;
        this.memo = memo;
        this.several = several;
        dialect.beginWrite(sql);
        var head = sql.one(row -> new long[] {row.getLong(1), row.getLong(2)}, dialect.lockedHead())
                .orElseThrow(() -> new StoreException("the database has lost its row in log_head", null));
        memo.begin(head[1]);
        this.applier = new Applier(sql, dialect, memo, head[0]);
    }

    /** Whether COMMIT has been sent, so that a lost connection leaves open what became of it. */
    boolean isCommitting() {
        return committing;
    }

    long revision() {
        return applier.revision();
    }

    Optional<String> lastLogged() {
        return applier.lastLogged();
    }

    OptionalLong run(List<Work<?>> batch) throws SQLException {
        for (var work : batch) {
            perform(work);
        }
        if (!applier.hasApplied()) {
            sql.run("ROLLBACK");
            return OptionalLong.empty();
        }
        try {
            sql.later("UPDATE log_head SET revision = ?, turn = turn + 1 WHERE id = 1", applier.revision());
            committing = true;
            sql.later("COMMIT");
            sql.flush();
        } catch (SQLException e) {
            if (several || !dialect.duplicate(e)) {
                throw e;
            }
            // What a lone piece put off went with the end of its transaction, and was refused there.
            committing = false;
            refused(batch.getFirst(), e);
            return OptionalLong.empty();
        }
        memo.committed();
        return OptionalLong.of(applier.revision());
    }

    private void refused(Work<?> work, SQLException refusal) throws SQLException {
        memo.forget();
        sql.run("ROLLBACK");
        try {
            work.failed(applier.taken(work.changes(), refusal));
        } catch (SQLException e) {
            work.failed(connections.failure(e));
        }
        sql.run("ROLLBACK");
    }

    private <T> void perform(Work<T> work) throws SQLException {
        boolean marked = false;
        long before = applier.revision();
        var changes = new ArrayList<Change>();
        try {
            var answers = new ArrayList<T>();
            for (var decide : work.decisions) {
                var decision = decide.apply(new SqlView(sql, connections, memo));
                if (several && !marked && !decision.changes().isEmpty()) {
                    sql.later(SAVEPOINT);
                    marked = true;
                }
                changes.addAll(decision.changes());
                applier.apply(decision.changes());
                answers.add(decision.answer());
            }
            if (several) {
                sql.flush();
            }
            work.succeeded(answers, changes);
        } catch (RuntimeException e) {
            again(e.getCause() instanceof SQLException cause ? cause : null);
            undo(marked, before);
            work.failed(e);
        } catch (SQLException e) {
            again(e);
            undo(marked, before);
            work.failed(meaning(changes, e));
        }
        if (marked && dialect.savepointsPile()) {
            sql.run("RELEASE piece");
        }
    }

    private RuntimeException meaning(List<Change> changes, SQLException refusal) {
        try {
            return applier.taken(changes, refusal);
        } catch (SQLException e) {
            return connections.failure(e);
        }
    }

    /** What has undone the whole transaction, or the connection, is no piece's own failure. */
    private void again(@Nullable SQLException failure) throws SQLException {
        if (failure != null && (dialect.passing(failure) || dialect.lost(failure))) {
            throw failure;
        }
    }

    private void undo(boolean marked, long before) throws SQLException {
        memo.forget();
        boolean sent = !sql.forget().contains(SAVEPOINT);
        if (marked && sent) {
            sql.run("ROLLBACK TO piece");
        }
        if (!several) {
            applier.forget();
        }
        applier.back(before);
    }
}
