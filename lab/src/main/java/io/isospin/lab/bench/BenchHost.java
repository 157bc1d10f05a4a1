package io.isospin.lab.bench;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.lab.host.LabException;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.netns.Netns;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A host for a benchmark alone: a network namespace, and a mount namespace with its own /run/netns. Closing it ends
 * every process that lives in it; should nobody close it, it ends by itself.
 */
final class BenchHost implements AutoCloseable {
    static final InterfaceName PROVIDER = new InterfaceName("eth2");
    static final IpAddress TUNNEL = IpAddress.parse("172.18.0.101");

    private static final InterfaceName UNDERLAY = new InterfaceName("eth1");
    private static final int PREFIX = 24;
    private static final String LONGEST_SECONDS = "1800";

    private final Daemon holder;
    private final Kernel kernel;

    private BenchHost(Daemon holder, Kernel kernel) {
        this.holder = holder;
        this.kernel = kernel;
    }

    static BenchHost make(Path folder) throws InterruptedException {
        Path ready = folder.resolve("host-" + System.nanoTime());
        var holder = Daemon.start(
                List.of(
                        "unshare",
                        "--net",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --make-rprivate / && mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns"
                                + " && : > \"$1\" && exec sleep \"$2\"",
                        "host",
                        ready.toString(),
                        LONGEST_SECONDS),
                folder.resolve("host.log"));
        try {
            holder.await("the host is there", () -> Files.exists(ready));
            var host = new BenchHost(holder, Netns.call(namespace(holder), LinuxKernel::open));
            host.cable();
            return host;
        } catch (RuntimeException | InterruptedException e) {
            holder.close();
            throw e;
        }
    }

    private void cable() {
        var operations = new ArrayList<Operation>();
        operations.add(new Operation.SetUp(new InterfaceName("lo"), true));
        for (var device : List.of(UNDERLAY, PROVIDER)) {
            operations.addAll(pair(device, new InterfaceName(device + "x")));
        }
        operations.add(new Operation.AddAddress(UNDERLAY, TUNNEL, PREFIX));
        apply(operations);
    }

    /** A veth pair, both ends up. */
    static List<Operation> pair(InterfaceName name, InterfaceName peer) {
        return List.of(
                new Operation.CreateVeth(name, peer, "", null, 0),
                new Operation.SetUp(name, true),
                new Operation.SetUp(peer, true));
    }

    void apply(List<Operation> operations) {
        String failures = kernel.root().apply(operations).stream()
                .filter(result -> !result.ok())
                .map(result -> result.operation() + ": " + result.message())
                .collect(Collectors.joining("; "));
        if (!failures.isEmpty()) {
            throw new LabException("The benchmark's host lacks devices: " + failures);
        }
    }

    Kernel kernel() {
        return kernel;
    }

    private static Path namespace(Daemon holder) {
        return Path.of("/proc", Long.toString(holder.process().pid()), "ns", "net");
    }

    <T> T call(Supplier<T> work) {
        return Netns.call(namespace(holder), work);
    }

    /** A namespace that something in this host has named. */
    Path named(String name) {
        return Path.of("/proc", Long.toString(holder.process().pid()), "root", "run", "netns", name);
    }

    Daemon start(List<String> words, Path log) {
        return Daemon.start(entering(words), log);
    }

    /** The words that run {@code words} in this host. */
    List<String> entering(List<String> words) {
        var all = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(holder.process().pid()), "--mount", "--net", "--"));
        all.addAll(words);
        return all;
    }

    @Override
    public void close() throws IOException {
        kernel.close();
        long own = holder.process().pid();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            Object mounts = mountsOf(Path.of("/proc", Long.toString(own)));
            for (var process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != own && mounts.equals(mountsOf(process))) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } finally {
            holder.close();
        }
    }

    /** The identity of a process's mount namespace; for one that has ended or is out of reach, the process itself. */
    private static Object mountsOf(Path process) throws IOException {
        try {
            return Files.getAttribute(process.resolve("ns/mnt"), "unix:ino");
        } catch (NoSuchFileException | AccessDeniedException notOurs) {
            return process;
        }
    }
}
