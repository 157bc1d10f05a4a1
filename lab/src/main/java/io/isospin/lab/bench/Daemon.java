package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs until it is closed; its output is in a log. */
record Daemon(Process process, Path log) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(5);
    /** USER_HZ, the same on all of Linux's architectures that we run on. */
    private static final double TICKS_A_SECOND = 100;

    private static final long PAUSE_NANOS = 1_000_000;

    static Daemon start(List<String> words, Path log) {
        return new Daemon(Programs.start(new Command(words, Map.of(), log), null), log);
    }

    /** Looks every millisecond until {@code condition} holds; answers when, by {@link System#nanoTime}. */
    long await(String what, BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new LabException("It ended before " + what + ": " + Scripts.tail(log, 10));
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new LabException("After " + PATIENCE.toSeconds() + " s not yet: " + what + ". The end of " + log
                        + ":\n" + Scripts.tail(log, 10));
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
        }
        return System.nanoTime();
    }

    /** Resident memory in MB (VmRSS of proc_pid_status(5)). */
    double residentMegabytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("/proc/" + process.pid() + "/status has no VmRSS");
    }

    /** User and system time so far, in seconds (proc_pid_stat(5)). */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        // The second field is a name in parentheses, which may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
