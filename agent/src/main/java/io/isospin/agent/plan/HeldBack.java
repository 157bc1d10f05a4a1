package io.isospin.agent.plan;

import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Operation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Operations that failed wait longer from time to time, each for itself, so that one that the kernel refuses does not
 * slow down or flood the log for the others. One that is no longer planned is forgotten.
 */
public final class HeldBack {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

    private record Attempt(int failures, long dueNanos, Result last) {}

    private final Map<Operation, Attempt> attempts = new HashMap<>();
    private final LongSupplier nanos;

    public HeldBack(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The operations of a plan that may be tried now. */
    public List<Operation> due(List<Operation> planned) {
        if (attempts.isEmpty()) {
            return planned;
        }
        attempts.keySet().retainAll(new HashSet<>(planned));
        long now = nanos.getAsLong();
        return planned.stream()
                .filter(each -> {
                    Attempt attempt = attempts.get(each);
                    return attempt == null || attempt.dueNanos <= now;
                })
                .toList();
    }

    /** Remembers failures; answers those that are new and deserve a line in the log. */
    public List<Result> note(List<Result> results) {
        long now = nanos.getAsLong();
        return results.stream()
                .filter(result -> {
                    if (result.ok()) {
                        attempts.remove(result.operation());
                        return false;
                    }
                    Attempt before = attempts.get(result.operation());
                    int failures = before == null ? 1 : before.failures + 1;
                    attempts.put(
                            result.operation(),
                            new Attempt(failures, now + BACKOFF.after(failures).toNanos(), result));
                    return before == null;
                })
                .toList();
    }

    /** What the kernel said last about each operation that waits. */
    public List<Result> failures() {
        return attempts.values().stream().map(Attempt::last).toList();
    }

    /** How long until the next may be tried; {@code otherwise} where none waits. */
    public Duration untilNext(Duration otherwise) {
        long now = nanos.getAsLong();
        return attempts.values().stream()
                .map(attempt -> Duration.ofNanos(Math.max(0, attempt.dueNanos - now)))
                .min(Duration::compareTo)
                .filter(next -> next.compareTo(otherwise) < 0)
                .orElse(otherwise);
    }
}
