package io.isospin.server.store.sql;

import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Origin;
import io.isospin.server.store.View;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one caller wants written, all of it or nothing, and what becomes of it. */
final class Work<T> {
    final List<Function<View, Decision<T>>> decisions;
    final CompletableFuture<List<T>> done = new CompletableFuture<>();
    private final Origin origin = Origin.current();
    private List<T> answers = List.of();
    private List<Change> changes = List.of();
    private @Nullable Throwable failure;

    Work(List<Function<View, Decision<T>>> decisions) {
        this.decisions = decisions;
    }

    void succeeded(List<T> with, List<Change> by) {
        answers = with;
        changes = by;
        failure = null;
    }

    Origin origin() {
        return origin;
    }

    /** What was applied for it. */
    List<Change> changes() {
        return changes;
    }

    void failed(Throwable why) {
        failure = why;
    }

    /** Tells the caller, once what it wanted is durable or has failed. */
    void answer() {
        if (failure == null) {
            done.complete(answers);
        } else {
            done.completeExceptionally(failure);
        }
    }
}
