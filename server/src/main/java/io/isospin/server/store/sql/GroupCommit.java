package io.isospin.server.store.sql;

import io.isospin.server.store.Decision;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The writing thread: takes what waits, lets one {@link Transaction} make it durable, and only then answers all. */
final class GroupCommit {
    private static final int MOST_IN_ONE = 64;

    private final Transaction transaction;
    private final LongConsumer onCommit;
    private final BlockingQueue<Work<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    GroupCommit(Connections connections, LongConsumer onCommit) {
        this.transaction = new Transaction(connections);
        this.onCommit = onCommit;
        // A platform thread: SQLite is native code, which would pin a virtual one.
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
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
            transaction.perform(batch).ifPresent(onCommit);
            batch.forEach(Work::answer);
            batch.clear();
        }
        transaction.close();
    }

    void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
