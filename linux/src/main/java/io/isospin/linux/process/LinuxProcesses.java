package io.isospin.linux.process;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The processes of this machine, from /proc. */
public final class LinuxProcesses implements ProcessTable {
    private static final int ESRCH = 3;
    private static final long STEP = Duration.ofMillis(1).toNanos();

    @Override
    public List<String> words(long pid) {
        String text;
        try {
            text = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // it has ended: before the file was opened, or while it was read
        }
        // A zombie's is empty.
        return text.isEmpty()
                ? List.of()
                : List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }

    @Override
    public boolean isIn(long pid, String namespace) {
        try {
            Object its = Files.getAttribute(Path.of("/proc", Long.toString(pid), "ns", "net"), "unix:ino");
            return its.equals(Files.getAttribute(Path.of("/run/netns", namespace), "unix:ino"));
        } catch (IOException e) {
            return false; // either is gone
        }
    }

    @Override
    public boolean signal(long pid, Signal signal) {
        int result = Libc.kill(Math.toIntExact(pid), signal.number());
        if (result == -ESRCH) {
            return false;
        }
        if (result < 0) {
            throw new KernelException(
                    "sending " + signal + " to process " + pid + ": " + Errno.words(-result), -result);
        }
        return true;
    }

    @Override
    public boolean awaitEnd(long pid, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!words(pid).isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(STEP);
        }
        return true;
    }
}
