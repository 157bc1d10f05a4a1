package io.isospin.lab.host;

import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A host's first process, and the way into the host. */
public record Holder(String host, ProcessId process) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Starts the holder in the host's namespace; comes back when the host is ready to run something. */
    public static Holder start(Kernel kernel, LabPlan plan, HostPlan host) {
        Path pidFile = plan.pidFile(host.name());
        Path log = plan.logs().resolve(host.name() + ".log");
        Path script = Scripts.copy("host/holder.sh", plan.run());
        try {
            Files.createDirectories(plan.run().resolve(host.name()));
        } catch (IOException e) {
            throw new LabException("Host " + host.name() + " cannot be started: " + e, e);
        }
        var process = kernel.namespace(host.name())
                .start(new Command(
                        List.of(
                                "unshare",
                                "--mount",
                                "--uts",
                                "--ipc",
                                "--pid",
                                "--fork",
                                "--kill-child",
                                "sh",
                                script.toString(),
                                host.name(),
                                plan.hostState(host.name()).resolve("etc").toString(),
                                pidFile.toString()),
                        Map.of(),
                        log));
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(pidFile)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new LabException("Host " + host.name() + " does not start: " + Scripts.tail(log, 5));
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        return read(plan, host.name());
    }

    /** The holder of a host of a running lab. */
    public static Holder read(LabPlan plan, String host) {
        try {
            long pid = Long.parseLong(Files.readString(plan.pidFile(host)).strip());
            return new Holder(
                    host,
                    ProcessId.of(pid).orElseThrow(() -> new LabException("Host " + host + " is not there any more.")));
        } catch (IOException | NumberFormatException e) {
            throw new LabException("Host " + host + " is not running: " + e, e);
        }
    }

    /** The kernel as the host sees it: its network namespace, and the names in its /run/netns. */
    public Kernel kernel() {
        return LinuxKernel.seenBy(process.pid());
    }

    /** A file of the host as this process reaches it; {@code path} is an absolute one. */
    public Path file(String path) {
        return Path.of("/proc/" + process.pid() + "/root" + path);
    }

    /** The words that run {@code words} in the host. */
    public List<String> enter(List<String> words) {
        return Stream.concat(
                        Stream.of(
                                "nsenter",
                                "--target",
                                Long.toString(process.pid()),
                                "--mount",
                                "--uts",
                                "--ipc",
                                "--net",
                                "--pid",
                                "--"),
                        words.stream())
                .toList();
    }
}
