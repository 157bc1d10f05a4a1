package io.isospin.server.follow;

import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** A thread that reads the change log for all who listen on this server: as it grows, and now and then without that. */
public final class LogFollower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogFollower.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(4);

    private final String name;
    private final Store store;
    private final ReentrantLock lock;
    private final LongSupplier cursor;
    private final LongConsumer advance;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param name what follows, for the log
     * @param lock held while {@code advance} runs
     * @param cursor the revision up to which all is read
     * @param advance reads on, knowing of a last revision; it may find nothing new
     */
    public LogFollower(String name, Store store, ReentrantLock lock, LongSupplier cursor, LongConsumer advance) {
        this.name = name;
        this.store = store;
        this.lock = lock;
        this.cursor = cursor;
        this.advance = advance;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::follow);
    }

    public void start() {
        thread.start();
    }

    private void follow() {
        while (!closed) {
            try {
                long revision = store.awaitChange(cursor.getAsLong(), BEAT);
                lock.lock();
                try {
                    advance.accept(revision);
                } finally {
                    lock.unlock();
                }
            } catch (InterruptedException e) {
                return; // closing
            } catch (StoreException e) {
                LOG.log(Level.ERROR, name + " waits for the database: " + e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(BEAT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
