package io.isospin.cli.bench;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C: work under way sees it at its next request, and the virtual machine stays until all is cleared up. */
final class Stop implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean asked;

    /** Thrown where work ends because it was asked to. */
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private Stop() {}

    /** One that nobody ever asks, for clearing up. */
    static Stop never() {
        return new Stop();
    }

    static Stop onSignal() {
        var stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::hook, "stop"));
        return stop;
    }

    private void hook() {
        asked = true;
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws Stopped where it was asked */
    void check() {
        if (asked) {
            throw new Stopped();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
