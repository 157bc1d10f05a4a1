package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.host.Scripts;
import io.isospin.lab.http.Json;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A guest's qemu from its start to its end. The process is nsenter, which ends as the qemu below it does. */
final class Machine {
    private static final System.Logger LOG = System.getLogger(Machine.class.getName());
    private static final Duration QEMU_PATIENCE = Duration.ofSeconds(10);

    private final Guest guest;
    private final Process process;
    private final QemuCommand.Files files;

    Machine(Guest guest, Process process, QemuCommand.Files files) {
        this.guest = guest;
        this.process = process;
        this.files = files;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits until qemu answers, so that what it does not like is told by who starts it; {@code log} is its output. */
    void awaitMonitor(Path log) {
        long end = System.nanoTime() + QEMU_PATIENCE.toNanos();
        while (true) {
            try (var qmp = Qmp.connect(files.monitor())) {
                qmp.execute("query-status", Json.object());
                return;
            } catch (IOException | Qmp.Refused notYet) {
                if (!alive() || System.nanoTime() > end) {
                    kill();
                    throw new DriverException("Instance " + guest.name() + " does not start on " + guest.host() + ": "
                            + (Files.exists(log) ? Scripts.tail(log, 3) : String.valueOf(notYet.getMessage())));
                }
            }
            awaitEnd(Duration.ofMillis(20));
        }
    }

    /** Trims the console as long as it runs. */
    void keepConsoleSmall(Kernel kernel) {
        var console = new ConsoleLog(files.log());
        Thread.ofVirtual().name("console-" + guest.name()).start(() -> {
            try {
                while (!process.waitFor(1, TimeUnit.SECONDS)) {
                    console.trim(kernel);
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Presses the power button until the guest hears it, for it may be booting; pulls the plug where it does not. */
    void powerOff() {
        long end = System.nanoTime() + Monitor.GUEST_PATIENCE.toNanos();
        while (alive() && System.nanoTime() < end) {
            try (var qmp = Qmp.connect(files.monitor())) {
                qmp.execute("cont", Json.object());
                qmp.execute("system_powerdown", Json.object());
            } catch (IOException | Qmp.Refused | DriverException e) {
                LOG.log(Level.DEBUG, "{0} is not asked to power off: {1}", guest.name(), e.getMessage());
            }
            awaitEnd(Monitor.AGAIN);
        }
        if (alive()) {
            say("The guest did not power off within " + Monitor.GUEST_PATIENCE.toSeconds() + " s; it is switched off.");
        }
        kill();
    }

    private void say(String line) {
        try {
            new ConsoleLog(files.log()).say(line);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} has no console: {1}", guest.name(), e.getMessage());
        }
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        awaitEnd(QEMU_PATIENCE);
        if (alive()) {
            process.destroyForcibly();
            throw new DriverException("qemu's process below " + process.pid() + " does not end");
        }
    }

    private void awaitEnd(Duration most) {
        try {
            process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException("interrupted");
        }
    }
}
