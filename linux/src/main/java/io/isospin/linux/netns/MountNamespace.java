package io.isospin.linux.netns;

import io.isospin.linux.libc.Fd;
import io.isospin.linux.libc.Libc;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Running something inside another process's mount namespace. Only a thread that shares its root and working directory
 * with no other may enter one (setns(2)), so each call has a thread of its own, which ends with it.
 */
final class MountNamespace {
    private static final int O_RDONLY = 0;

    private MountNamespace() {}

    /** Calls {@code work} inside the namespace at {@code path}; it must not start threads or processes. */
    static <T> T call(Path path, Supplier<T> work) {
        return onThreadOfItsOwn(() -> {
            enter(path);
            return work.get();
        });
    }

    /** Makes a network namespace and mounts it on the file {@code target} inside the mount namespace at {@code path}. */
    static void bindNewNetwork(Path path, String target) {
        onThreadOfItsOwn(() -> {
            Libc.check(Libc.unshareNetwork(), "making a network namespace");
            // The /proc in there may be of processes among which this one is not: this thread's goes along.
            try (Fd own = open(Path.of("/proc/thread-self/ns"))) {
                enter(path);
                Libc.check(Libc.changeDirectory(own.number()), "going to this thread's namespaces");
                return Libc.check(Libc.mount("net", target, Libc.MS_BIND), "mounting the network namespace " + target);
            }
        });
    }

    private static void enter(Path path) {
        try (Fd target = open(path)) {
            Libc.check(Libc.unshareFiles(), "parting from the other threads' working directory");
            Libc.check(Libc.setMountNamespace(target.number()), "entering " + path);
        }
    }

    private static Fd open(Path path) {
        return new Fd((int) Libc.check(Libc.open(path.toString(), O_RDONLY), "opening " + path));
    }

    private static <T> T onThreadOfItsOwn(Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        Thread.ofPlatform().daemon().name("mount-namespace").start(task);
        return Netns.await(task);
    }
}
