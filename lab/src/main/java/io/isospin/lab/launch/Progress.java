package io.isospin.lab.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Lines for the person at the terminal: what was done, and how long it took. */
public final class Progress {
    private final PrintStream out;
    private final long begin = System.nanoTime();
    private long last = begin;

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Tells of a step that has just ended. */
    public synchronized void done(String what) {
        long now = System.nanoTime();
        out.printf(
                Locale.ROOT,
                "  %-58s %5.1f s%n",
                what,
                Duration.ofNanos(now - last).toMillis() / 1000.0);
        out.flush();
        last = now;
    }

    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Seconds since the start of this process, so that its own start counts. */
    public double total() {
        return ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, Instant.now()))
                        .orElse(Duration.ofNanos(System.nanoTime() - begin))
                        .toMillis()
                / 1000.0;
    }
}
