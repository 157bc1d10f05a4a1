package io.isospin.linux.libc;

import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor; closing it twice is harmless, so that a number that was given out again is never closed. */
public final class Fd implements AutoCloseable {
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    public Fd(int number) {
        this.number = number;
    }

    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("file descriptor " + number + " is closed");
        }
        return number;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Libc.close(number);
        }
    }
}
