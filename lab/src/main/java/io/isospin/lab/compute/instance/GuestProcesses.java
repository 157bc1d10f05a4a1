package io.isospin.lab.compute.instance;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.process.ProcessTable;
import io.isospin.linux.process.ProcessTable.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The processes of an instance that is a namespace, steered from outside: {@code entered} went into the host, its child
 * made the instance's process namespace, and the child of that is process 1 there, with which all others end.
 */
final class GuestProcesses {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long STEP_MILLIS = 5;

    private final Process entered;
    private final ProcessTable table;

    GuestProcesses(Process entered, ProcessTable table) {
        this.entered = entered;
        this.table = table;
    }

    boolean alive() {
        return entered.isAlive();
    }

    /** Has the instance look at its interfaces again; one that has only begun looks anyway. */
    void look() {
        first().ifPresent(process -> table.signal(process.pid(), Signal.USER1));
    }

    /** Freezes all of them. */
    void stop() {
        signal(Signal.STOP);
    }

    void goOn() {
        signal(Signal.CONTINUE);
    }

    private void signal(Signal signal) {
        Set<Long> before = Set.of();
        // One that is not frozen yet may start another meanwhile.
        while (true) {
            var now = members();
            if (now.isEmpty()) {
                throw new DriverException("it does not run");
            }
            if (now.equals(before)) {
                return;
            }
            try {
                now.forEach(process -> table.signal(process, signal));
            } catch (KernelException e) {
                throw new DriverException(String.valueOf(e.getMessage()));
            }
            before = now;
        }
    }

    private Set<Long> members() {
        return first().stream()
                .flatMap(process ->
                        List.of(List.of(process), process.descendants().toList()).stream())
                .flatMap(List::stream)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private Optional<ProcessHandle> first() {
        return entered.children().findFirst().flatMap(child -> child.children().findFirst());
    }

    /** Ends all of them, and is back when they are gone. */
    void kill() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            // From the inside out: those before it end as it does, and one that ended first, before it has asked the
            // kernel that its
            // child may not outlive it, would leave that behind. One that has just begun has its child yet to come.
            do {
                first().ifPresent(ProcessHandle::destroyForcibly);
                if (System.nanoTime() > end) {
                    entered.descendants().forEach(ProcessHandle::destroyForcibly);
                    throw new DriverException("process " + entered.pid() + " does not end");
                }
            } while (!entered.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException("interrupted");
        }
    }
}
