package io.isospin.lab.compute.instance;

import io.isospin.lab.host.Holder;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs on the hosts of guests. */
public final class HostCommands {
    private static final int PATIENCE_SECONDS = 20;

    private final Kernel kernel;
    private final Map<String, Holder> hosts;
    private final Path logs;

    /** {@code logs} is where a program's output lies while it runs, and stays where it fails. */
    public HostCommands(Kernel kernel, Map<String, Holder> hosts, Path logs) {
        this.kernel = kernel;
        this.hosts = Map.copyOf(hosts);
        this.logs = logs;
    }

    /** Runs a program in the guest's host to its end; {@code done} is what that makes of the guest, for a failure. */
    public void run(Guest guest, List<String> words, String done) {
        Path log = logs.resolve(guest.name() + ".log");
        try {
            var process = start(guest, words, log);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                throw new DriverException("Instance " + guest.name() + " could not be " + done + " on " + guest.host()
                        + " within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new DriverException("Instance " + guest.name() + " could not be " + done + " on " + guest.host()
                        + ": " + Scripts.tail(log, 3));
            }
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new DriverException("The log " + log + " cannot be removed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException("interrupted");
        }
    }

    /** Starts a program in the guest's host, its output appended to {@code log}. */
    public Process start(Guest guest, List<String> words, Path log) {
        var holder = hosts.get(guest.host());
        if (holder == null) {
            throw new DriverException("There is no compute host " + guest.host());
        }
        try {
            return kernel.root().start(new Command(holder.enter(words), Map.of(), log));
        } catch (KernelException | LabException e) {
            throw new DriverException(String.valueOf(e.getMessage()));
        }
    }
}
