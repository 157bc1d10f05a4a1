package io.isospin.server.follow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent to one listener. A listener that leaves too much waiting is cut off: it takes what waits, and no
 * more comes.
 */
public final class Outbox<T> {
    private final long most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Item<T>> waiting = new ArrayDeque<>();
    private long weight;
    private boolean cut;

    /** {@code most}: how much may wait. A single item may weigh more. */
    public Outbox(long most) {
        this.most = most;
    }

    private record Item<T>(T value, long weight) {}

    /** Adds an item; whether there was room. */
    public boolean offer(T value, long itemWeight) {
        lock.lock();
        try {
            cut |= !waiting.isEmpty() && weight + itemWeight > most;
            if (!cut) {
                waiting.add(new Item<>(value, itemWeight));
                weight += itemWeight;
                changed.signal();
            }
            return !cut;
        } finally {
            lock.unlock();
        }
    }

    /** Cuts the listener off. {@code drop}: what waits, too. */
    public void cut(boolean drop) {
        lock.lock();
        try {
            cut = true;
            if (drop) {
                waiting.clear();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next item; empty after {@code atMost} of nothing, and at once where no more comes. */
    public Optional<T> next(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !cut && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            var item = waiting.poll();
            if (item == null) {
                return Optional.empty();
            }
            weight -= item.weight();
            return Optional.of(item.value());
        } finally {
            lock.unlock();
        }
    }

    /** Whether all has been taken, and no more comes. */
    public boolean isOver() {
        lock.lock();
        try {
            return cut && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
