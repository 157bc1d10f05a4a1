package io.isospin.agent.plan;

import java.time.Duration;

/** How long to wait after the n-th failure in a row: doubling from the first pause to the last. */
public record Backoff(Duration first, Duration last) {
    public Duration after(int failures) {
        long pause = first.toNanos() << Math.min(Math.max(failures - 1, 0), 20);
        return pause > last.toNanos() ? last : Duration.ofNanos(pause);
    }
}
