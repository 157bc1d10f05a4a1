package io.isospin.lab.launch;

import java.util.concurrent.CountDownLatch;

/**
 * The wish that this process end (SIGINT, SIGTERM), which interrupts the thread that made this object. The virtual
 * machine halts as soon as its shutdown hooks are done, so the hook here waits until {@link #close}.
 */
final class EndSignal implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean ignored;

    EndSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hook, "end"));
    }

    private void hook() {
        given.countDown();
        synchronized (this) {
            if (!ignored) {
                worker.interrupt();
            }
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void await() throws InterruptedException {
        given.await();
    }

    boolean given() {
        return given.getCount() == 0;
    }

    /** From now on the thread is left in peace, to clear up. */
    synchronized void ignore() {
        ignored = true;
        boolean was = Thread.interrupted();
        assert !was || given();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
