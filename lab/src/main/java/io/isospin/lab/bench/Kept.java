package io.isospin.lab.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must be gone at the end, however the end comes: by itself, by a failure, or by Ctrl-C. The last goes first. */
final class Kept implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private boolean closed;

    Kept() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "clear up"));
    }

    synchronized <T extends AutoCloseable> T keep(T thing) {
        if (closed) {
            close(thing);
            throw new IllegalStateException("the benchmark is ending");
        }
        things.push(thing);
        return thing;
    }

    /** Closes {@code thing} now. */
    synchronized void drop(AutoCloseable thing) {
        if (things.remove(thing)) {
            close(thing);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!things.isEmpty()) {
            close(things.pop());
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            System.err.println("isospin bench: " + thing + " could not be cleared away: " + e);
        }
    }
}
