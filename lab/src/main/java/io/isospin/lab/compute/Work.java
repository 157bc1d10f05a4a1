package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does things to instances, in the background or at once: what is done to one is done one after the other. */
final class Work implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Work.class.getName());

    private final Map<ResourceId, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("instance-", 0).factory());

    /** Does it in the background; {@code failed} hears of what nobody expected. */
    void later(ResourceId id, Runnable work, Consumer<RuntimeException> failed) {
        background.execute(() -> now(id, () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "server " + id + ": unexpected failure", e);
                failed.accept(e);
            }
            return id;
        }));
    }

    <T> T now(ResourceId id, Supplier<T> work) {
        var lock = locks.computeIfAbsent(id, key -> new ReentrantLock());
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The instance has gone. */
    void forget(ResourceId id) {
        locks.remove(id);
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
