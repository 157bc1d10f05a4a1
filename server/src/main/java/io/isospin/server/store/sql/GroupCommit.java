package io.isospin.server.store.sql;

import io.isospin.server.store.Decision;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The writing thread: takes what waits, decides and applies each piece behind a savepoint of its own, commits once,
 * and only then answers all. A piece that fails is rolled back alone.
 */
final class GroupCommit {
    private static final int MOST_IN_ONE = 64;

    private final Statements sql;
    private final Applier applier;
    private final LongConsumer onCommit;
    private final BlockingQueue<Work<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    GroupCommit(Statements sql, LongConsumer onCommit) {
        this.sql = sql;
        this.applier = new Applier(sql);
        this.onCommit = onCommit;
        // A platform thread: SQLite is native code, which would pin a virtual one.
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    private static final class Work<T> {
        final List<Function<View, Decision<T>>> decisions;
        final CompletableFuture<List<T>> done = new CompletableFuture<>();
        List<T> answers = List.of();

        @Nullable
        Throwable failure;

        Work(List<Function<View, Decision<T>>> decisions) {
            this.decisions = decisions;
        }

        void answer() {
            if (failure == null) {
                done.complete(answers);
            } else {
                done.completeExceptionally(failure);
            }
        }
    }

    <T> List<T> submit(List<Function<View, Decision<T>>> decisions) {
        if (closed) {
            throw new StoreException("the database is closed", null);
        }
        var work = new Work<>(decisions);
        waiting.add(work);
        try {
            return work.done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void run() {
        var batch = new ArrayList<Work<?>>();
        while (!closed || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_IN_ONE - 1);
            } catch (InterruptedException e) {
                continue; // closing: the loop's condition decides
            }
            commit(batch);
            batch.forEach(Work::answer);
            batch.clear();
        }
    }

    private void commit(List<Work<?>> batch) {
        try {
            sql.run("BEGIN IMMEDIATE");
            for (var work : batch) {
                perform(work);
            }
            long revision = new SqlView(sql).revision();
            sql.run("COMMIT");
            onCommit.accept(revision);
        } catch (SQLException | RuntimeException e) {
            var failure = e instanceof SQLException sqlFailure ? SqlFailure.of(sqlFailure) : e;
            batch.forEach(work -> work.failure = failure);
            rollback(failure);
        }
    }

    private <T> void perform(Work<T> work) throws SQLException {
        sql.run("SAVEPOINT piece");
        try {
            var answers = new ArrayList<T>();
            for (var decide : work.decisions) {
                var decision = decide.apply(new SqlView(sql));
                applier.apply(decision.changes());
                answers.add(decision.answer());
            }
            work.answers = answers;
        } catch (RuntimeException e) {
            sql.run("ROLLBACK TO piece");
            work.failure = e;
        } catch (SQLException e) {
            sql.run("ROLLBACK TO piece");
            work.failure = SqlFailure.of(e);
        }
        sql.run("RELEASE piece");
    }

    private void rollback(Throwable cause) {
        try {
            sql.run("ROLLBACK");
        } catch (SQLException e) {
            // SQLite may have rolled back by itself; what matters is the first failure.
            cause.addSuppressed(e);
        }
    }

    void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
            sql.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }
}
