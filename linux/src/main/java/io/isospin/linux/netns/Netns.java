package io.isospin.linux.netns;

import io.isospin.linux.libc.Fd;
import io.isospin.linux.libc.Libc;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Running something inside a network namespace. A namespace belongs to a thread, and a thread hands it on to every
 * thread and process that it starts; so each call has a short-lived platform thread of its own, which returns to where
 * it came from before it wakes the caller: else a carrier of virtual threads, started by that waking, would live on in
 * the wrong namespace.
 */
public final class Netns {
    private static final int O_RDONLY = 0;
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private Netns() {}

    /**
     * Calls {@code work} inside the namespace at {@code path} ({@code /run/netns/NAME}, {@code /proc/PID/ns/net}) and
     * answers its value or throws what it threw. Sockets that it opens stay in the namespace and may be used by any
     * thread later. It must not start threads or processes, nor wake other threads.
     */
    public static <T> T call(Path path, Supplier<T> work) {
        try (Fd target = open(path)) {
            return onThreadOfItsOwn(
                    "netns " + path, () -> Libc.check(Libc.setns(target.number()), "entering " + path), work);
        }
    }

    /** Calls {@code work} inside a new namespace without a name, which goes with the last socket opened in it. */
    public static <T> T callInNew(Supplier<T> work) {
        return onThreadOfItsOwn(
                "netns new", () -> Libc.check(Libc.unshareNetwork(), "making a network namespace"), work);
    }

    /** A descriptor of the namespace at {@code path}, to name it in netlink messages or keep it alive. */
    public static Fd open(Path path) {
        return new Fd((int) Libc.check(Libc.open(path.toString(), O_RDONLY), "opening the network namespace " + path));
    }

    private static <T> T onThreadOfItsOwn(String name, Runnable enter, Supplier<T> work) {
        var task = new FutureTask<T>(() -> {
            try (Fd origin = open(OWN)) {
                try {
                    enter.run();
                    return work.get();
                } finally {
                    Libc.check(Libc.setns(origin.number()), "returning from a network namespace");
                }
            }
        });
        Thread.ofPlatform().name(name).daemon().start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true; // the work is short, and stopping half-way would leave things half-done
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("work in a namespace failed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
