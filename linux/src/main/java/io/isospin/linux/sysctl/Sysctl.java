package io.isospin.linux.sysctl;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.libc.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads and writes /proc/sys. The thread that opens a file under {@code net} decides whose parameters they are. */
public final class Sysctl {
    private static final Path ROOT = Path.of("/proc/sys");

    private Sysctl() {}

    private static Path file(String key) {
        Path file = ROOT.resolve(key).normalize();
        if (key.isEmpty() || !file.startsWith(ROOT)) {
            throw new IllegalArgumentException("'" + key + "' is not a kernel parameter");
        }
        return file;
    }

    /** The value without its end of line; empty where the kernel has no such parameter. */
    public static Optional<String> read(String key) {
        try {
            return Optional.of(Files.readString(file(key)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("reading", key, e);
        }
    }

    public static void write(String key, String value) {
        try {
            Files.writeString(file(key), value, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure("writing '" + value + "' to", key, e);
        }
    }

    private static KernelException failure(String what, String key, IOException e) {
        int errno = switch (e) {
            case NoSuchFileException missing -> Errno.ENOENT;
            case AccessDeniedException denied -> Errno.EACCES;
            default -> Errno.EINVAL;
        };
        var failure = new KernelException(what + " /proc/sys/" + key + ": " + e.getMessage(), errno);
        failure.initCause(e);
        return failure;
    }
}
