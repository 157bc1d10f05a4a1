package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** When a watch of wirings has shown taps in a bridge for the first time, and how many lines it has told. */
final class SeenTaps implements Consumer<JsonNode> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Long> since = new HashMap<>();
    private int lines;

    @Override
    public synchronized void accept(JsonNode event) {
        long now = System.nanoTime();
        lines++;
        for (var device : event.path("wiring").path("interfaces")) {
            String name = device.path("name").asString("");
            if (name.startsWith("tap") && device.hasNonNull("master")) {
                since.putIfAbsent(name, now);
            }
        }
        notifyAll();
    }

    synchronized int lines() {
        return lines;
    }

    /** Waits for all of {@code taps}; answers when the last of them came, by {@link System#nanoTime}. */
    synchronized long await(Set<String> taps) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!since.keySet().containsAll(taps)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new LabException("After " + PATIENCE.toSeconds() + " s the watch has not shown all taps.");
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return taps.stream().mapToLong(tap -> since.getOrDefault(tap, 0L)).max().orElse(0);
    }
}
