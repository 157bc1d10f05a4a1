package io.isospin.lab.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Lines for the person at the terminal: what was done, and how long it took. */
public final class Progress {
    private final PrintStream out;
    private final Instant since;
    private long last = System.nanoTime();

    public Progress(PrintStream out, Instant since) {
        this.out = out;
        this.since = since;
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

    /** Seconds since this process, or the script before it, began. */
    public double total() {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
