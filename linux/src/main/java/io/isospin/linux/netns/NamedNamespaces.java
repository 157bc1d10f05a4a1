package io.isospin.linux.netns;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces by name, each a bind mount in a directory, just as {@code ip netns} makes them, so that either sees the
 * other's. The directory is {@code /run/netns}, which a process may have mounted privately.
 */
public final class NamedNamespaces {
    private static final Path RUN_NETNS = Path.of("/run/netns");

    /** As this process reaches it. */
    private final Path directory;

    /** As it is called where its mounts are made. */
    private final Path mountedAs;

    /** The mount namespace where they are made, if that is not this process's. */
    private final @Nullable Path mounts;

    private NamedNamespaces(Path directory, Path mountedAs, @Nullable Path mounts) {
        this.directory = directory;
        this.mountedAs = mountedAs;
        this.mounts = mounts;
    }

    /** Those of this process. */
    public static NamedNamespaces own() {
        return new NamedNamespaces(RUN_NETNS, RUN_NETNS, null);
    }

    /** Those that another process sees, which may have mounted the directory privately. */
    public static NamedNamespaces seenBy(long pid) {
        var process = Path.of("/proc", Long.toString(pid));
        return new NamedNamespaces(process.resolve("root/run/netns"), RUN_NETNS, process.resolve("ns/mnt"));
    }

    public Path path(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.length() > 255) {
            throw new IllegalArgumentException("'" + name + "' is not a name for a network namespace");
        }
        return directory.resolve(name);
    }

    public Set<String> names() {
        var names = new TreeSet<String>();
        try (var entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return names; // no namespace was ever named here
        } catch (IOException e) {
            throw new UncheckedIOException("listing the network namespaces in " + directory, e);
        }
        return names;
    }

    /** The inode of the namespace behind a name, or 0: a name that was deleted and made anew has another. */
    public long identity(String name) {
        try {
            return (long) Files.getAttribute(path(name), "unix:ino");
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("looking at the network namespace " + path(name), e);
        }
    }

    /** Makes a namespace and its name; answers false where the name is taken. */
    public boolean create(String name) {
        Path path = path(name);
        amongMounts(() -> {
            prepareDirectory();
            return true;
        });
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("creating the network namespace " + path, e);
        }
        try {
            bindNew(mountedAs.resolve(name).toString());
            return true;
        } catch (RuntimeException e) {
            remove(path);
            throw e;
        }
    }

    private void bindNew(String target) {
        if (mounts != null) {
            MountNamespace.bindNewNetwork(mounts, target);
            return;
        }
        Netns.callInNew(() -> Libc.check(
                Libc.mount("/proc/thread-self/ns/net", target, Libc.MS_BIND),
                "mounting the network namespace " + target));
    }

    /** Takes the name away; the namespace itself goes when nothing uses it. A name that is gone is no error. */
    public void delete(String name) {
        Path path = path(name);
        int unmounted = amongMounts(() -> Libc.unmount(mountedAs.resolve(name).toString(), Libc.MNT_DETACH));
        // EINVAL: the file is there but nothing is mounted on it, the remains of a creation cut short.
        if (unmounted < 0 && unmounted != -Errno.ENOENT && unmounted != -Errno.EINVAL) {
            throw new KernelException("unmounting " + path + ": " + Errno.words(-unmounted), -unmounted);
        }
        remove(path);
    }

    private <T> T amongMounts(Supplier<T> work) {
        return mounts == null ? work.get() : MountNamespace.call(mounts, work);
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + path, e);
        }
    }

    // The directory is a shared mount, so that a name deleted in one mount namespace is freed in all: ip-netns(8).
    private void prepareDirectory() {
        try {
            Files.createDirectories(mountedAs);
        } catch (IOException e) {
            throw new UncheckedIOException("creating " + mountedAs, e);
        }
        String path = mountedAs.toString();
        int shared = Libc.mount("", path, Libc.MS_SHARED | Libc.MS_REC);
        if (shared == -Errno.EINVAL) {
            Libc.check(Libc.mount(path, path, Libc.MS_BIND | Libc.MS_REC), "making " + path + " a mount");
            shared = Libc.mount("", path, Libc.MS_SHARED | Libc.MS_REC);
        }
        Libc.check(shared, "sharing the mount " + path);
    }
}
