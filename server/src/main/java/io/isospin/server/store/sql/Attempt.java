package io.isospin.server.store.sql;

import io.isospin.server.store.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One try of a batch in one transaction. A {@link SQLException} that comes out of it has undone the whole transaction; what
 * is wrong with one piece stays with that piece, or the batch is to be tried again with {@link Care}.
 */
final class Attempt {
    private static final String SAVEPOINT = "SAVEPOINT piece";

    private final Connections connections;
    private final Dialect dialect;
    private final Statements sql;
    private final Memo memo;
    private final Care care;
    private final Hold hold;
    private final Applier applier;
    private boolean committing;

    /** How the pieces of a batch are kept apart. */
    enum Care {
        /** The only piece: what is wrong with it undoes the transaction. */
        ALONE,
        /** Nothing is expected to go wrong once a piece has begun to change something, and all is sent together. */
        TOGETHER,
        /** Each piece is sent by itself, behind a savepoint. */
        APART
    }

    /** A piece cannot be undone by itself: the batch is to be tried again, its pieces apart. */
    static final class Entangled extends Exception {
        private static final long serialVersionUID = 1;

        Entangled(Throwable cause) {
            super(cause);
        }
    }

    /** Begins the transaction: nobody else writes until it ends, or it will find out that somebody has. */
    Attempt(Connections connections, Statements sql, Memo memo, Care care) throws SQLException {
        this.connections = connections;
        this.dialect = connections.dialect();
        this.sql = sql;
        this.memo = memo;
        this.care = care;
        this.hold = new Hold(sql, dialect, memo);
        this.applier = new Applier(sql, dialect, memo, memo.turn().revision());
    }

    /** Whether it has gone by what was remembered, so that it may fail for no other reason than that. */
    boolean isGuess() {
        return hold.isGuess();
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

    OptionalLong run(List<Work<?>> batch) throws SQLException, Entangled {
        for (var work : batch) {
            perform(work);
        }
        if (!applier.hasApplied()) {
            hold.verify();
            sql.run("ROLLBACK");
            return OptionalLong.empty();
        }
        try {
            committing = true;
            hold.commit(applier.revision());
        } catch (SQLException e) {
            if (care == Care.APART || !dialect.duplicate(e)) {
                throw e;
            }
            committing = false;
            if (care == Care.TOGETHER) {
                throw new Entangled(e);
            }
            refused(batch.getFirst(), e);
            return OptionalLong.empty();
        }
        memo.committed(applier.revision());
        return OptionalLong.of(applier.revision());
    }

    /** What a lone piece put off went with the end of its transaction, and was refused there. */
    private void refused(Work<?> work, SQLException refusal) throws SQLException {
        memo.forget();
        sql.run("ROLLBACK");
        work.failed(meaning(work.changes(), refusal));
        sql.run("ROLLBACK");
    }

    private <T> void perform(Work<T> work) throws SQLException, Entangled {
        boolean marked = false;
        long before = applier.revision();
        var changes = new ArrayList<Change>();
        applier.from(work.origin());
        try {
            var answers = new ArrayList<T>();
            for (var decide : work.decisions) {
                var decision = decide.apply(new SqlView(sql, connections, memo));
                if (care == Care.APART && !marked && !decision.changes().isEmpty()) {
                    sql.run(SAVEPOINT);
                    marked = true;
                }
                changes.addAll(decision.changes());
                applier.apply(decision.changes());
                answers.add(decision.answer());
            }
            if (care == Care.APART) {
                sql.flush();
            }
            work.succeeded(answers, changes);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException cause) {
                whole(cause);
            }
            undo(e, changes, marked, before);
            work.failed(e);
        } catch (SQLException e) {
            whole(e);
            undo(e, changes, marked, before);
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
    private void whole(SQLException failure) throws SQLException {
        if (dialect.passing(failure) || dialect.lost(failure)) {
            throw failure;
        }
    }

    private void undo(Exception failure, List<Change> changes, boolean marked, long before)
            throws SQLException, Entangled {
        if (care == Care.TOGETHER) {
            // A refusal may also be that of what an earlier piece has put off.
            if (failure instanceof SQLException || failure.getCause() instanceof SQLException || !changes.isEmpty()) {
                throw new Entangled(failure);
            }
            return;
        }
        memo.forget();
        sql.forget();
        if (marked) {
            sql.run("ROLLBACK TO piece");
        }
        if (care == Care.ALONE) {
            applier.forget();
        }
        applier.back(before);
    }
}
