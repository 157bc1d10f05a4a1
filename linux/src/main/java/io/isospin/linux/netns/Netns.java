package io.isospin.linux.netns;

import io.isospin.linux.libc.Fd;
import io.isospin.linux.libc.Libc;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Running something inside a network namespace. A namespace belongs to a thread, and a thread hands it on to every
 * thread and process that it starts. So platform threads kept for nothing else enter and leave, and each is back home
 * before it wakes its caller: else a carrier of virtual threads, started by that waking, would live on in the wrong
 * namespace.
 */
public final class Netns {
    private static final int O_RDONLY = 0;
    /** A call takes tens of microseconds on a thread that is there, and up to a millisecond on a new one. */
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("netns-", 0).factory());
    /** The main thread's namespace, which is the process's; held open for as long as the process lives. */
    private static final Fd HOME = open(Path.of("/proc/self/ns/net"));

    private Netns() {}

    /**
     * Calls {@code work} inside the namespace at {@code path} ({@code /run/netns/NAME}, {@code /proc/PID/ns/net}) and
     * answers its value or throws what it threw. Sockets that it opens stay in the namespace and may be used by any
     * thread later. It must not start threads or processes, nor wake other threads.
     */
    public static <T> T call(Path path, Supplier<T> work) {
        try (Fd target = open(path)) {
            return onAnotherThread(() -> Libc.check(Libc.setns(target.number()), "entering " + path), work);
        }
    }

    /** Calls {@code work} inside a new namespace without a name, which goes with the last socket opened in it. */
    public static <T> T callInNew(Supplier<T> work) {
        return onAnotherThread(() -> Libc.check(Libc.unshareNetwork(), "making a network namespace"), work);
    }

    /** A descriptor of the namespace at {@code path}, to name it in netlink messages or keep it alive. */
    public static Fd open(Path path) {
        return new Fd((int) Libc.check(Libc.open(path.toString(), O_RDONLY), "opening the network namespace " + path));
    }

    private static <T> T onAnotherThread(Runnable enter, Supplier<T> work) {
        var task = new FutureTask<T>(() -> {
            try {
                enter.run();
                return work.get();
            } finally {
                Libc.check(Libc.setns(HOME.number()), "returning from a network namespace");
            }
        });
        THREADS.execute(task);
        return await(task);
    }

    /** What became of short work on another thread. */
    static <T> T await(FutureTask<T> task) {
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
