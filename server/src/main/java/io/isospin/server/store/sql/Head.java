package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The last revision that this server knows of, for who waits for a later one. */
final class Head implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Head.class.getName());
    private static final Duration UNREACHED = Duration.ofSeconds(1);

    private final Optional<Duration> others;
    private final LongSupplier look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long revision;
    private @Nullable Thread follower;
    private volatile boolean closed;

    /** {@code others}: how often to look for what other servers have committed; {@code look} reads it. */
    Head(Optional<Duration> others, LongSupplier look) {
        this.others = others;
        this.look = look;
    }

    /** Starts to look for other servers' commits, where there are others. */
    void follow() {
        others.ifPresent(
                every -> follower = Thread.ofVirtual().name("store-head").start(() -> look(every)));
    }

    private void look(Duration every) {
        boolean reached = true;
        while (!closed) {
            try {
                Thread.sleep(reached ? every : UNREACHED);
                reached(look.getAsLong());
                if (!reached) {
                    LOG.log(Level.INFO, "the database is back");
                }
                reached = true;
            } catch (InterruptedException e) {
                return; // closing
            } catch (StoreException e) {
                if (reached && !closed) {
                    LOG.log(
                            Level.ERROR,
                            "what other servers write is not seen until the database is back: " + e.getMessage());
                }
                reached = false;
            }
        }
    }

    void reached(long newRevision) {
        lock.lock();
        try {
            if (newRevision > revision) {
                revision = newRevision;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    long await(long after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (revision <= after && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
            return revision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (follower != null) {
            follower.interrupt();
        }
    }
}
