package io.isospin.agent.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Things that want work, each at most once in the queue and by one worker at a time. One that is added while it is
 * worked on comes again afterwards.
 */
public final class WorkQueue<K> {
    private final LinkedHashSet<K> ready = new LinkedHashSet<>();
    private final Map<K, Long> later = new HashMap<>();
    private final Set<K> busy = new HashSet<>();

    public synchronized void add(K key) {
        later.remove(key);
        ready.add(key);
        notifyAll();
    }

    public synchronized void addLater(K key, Duration delay) {
        if (!ready.contains(key)) {
            later.put(key, System.nanoTime() + delay.toNanos());
            notifyAll();
        }
    }

    /** Waits for work; {@link #done} must be called for it. */
    public synchronized K take() throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long next = Long.MAX_VALUE;
            for (var due = later.entrySet().iterator(); due.hasNext(); ) {
                var entry = due.next();
                long left = entry.getValue() - now;
                if (left <= 0) {
                    ready.add(entry.getKey());
                    due.remove();
                } else {
                    next = Math.min(next, left);
                }
            }
            for (K key : ready) {
                if (!busy.contains(key)) {
                    ready.remove(key);
                    busy.add(key);
                    return key;
                }
            }
            if (next == Long.MAX_VALUE) {
                wait();
            } else {
                wait(next / 1_000_000 + 1);
            }
        }
    }

    public synchronized void done(K key) {
        busy.remove(key);
        notifyAll();
    }
}
