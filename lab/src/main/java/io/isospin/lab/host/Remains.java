package io.isospin.lab.host;

import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What is there of a lab, by its record, and taking it away: at the end of a lab, or after one that was killed. */
public final class Remains {
    private static final System.Logger LOG = System.getLogger(Remains.class.getName());
    private static final Path RUN_NETNS = Path.of("/run/netns");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Kernel kernel;
    private final LabPlan plan;

    public Remains(Kernel kernel, LabPlan plan) {
        this.kernel = kernel;
        this.plan = plan;
    }

    /** Whether /run/netns is a mount now, as the first named namespace makes it one. */
    public static boolean netnsIsMount() {
        try (var mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return mounts.anyMatch(line -> line.split(" ")[4].equals(RUN_NETNS.toString()));
        } catch (IOException e) {
            throw new LabException("The mounts of this machine cannot be read: " + e, e);
        }
    }

    /** Refuses where a namespace of the plan's names is there that no lab made. */
    public void refuseForeign(Optional<LabRecord> record) {
        var own = record.map(LabRecord::namespaces).orElse(List.of());
        var there = kernel.namespaces();
        var foreign = plan.namespaces().stream()
                .filter(there::contains)
                .filter(name -> !own.contains(name))
                .toList();
        if (!foreign.isEmpty()) {
            throw new LabException("There is already a network namespace named " + String.join(", ", foreign)
                    + " which no lab of Isospin made. Remove it with \"ip netns delete " + foreign.getFirst()
                    + "\", or rename it, if it is not needed.");
        }
    }

    /** Takes away everything that the record names; goes on past failures and tells them all together. */
    public void clear(LabRecord record) {
        var failures = new ArrayList<String>();
        var there = kernel.namespaces();
        var ours = record.namespaces().stream().filter(there::contains).toList();
        killResidents(ours, failures);
        for (var name : ours) {
            try {
                kernel.delete(name);
            } catch (KernelException e) {
                failures.add("namespace " + name + ": " + e.getMessage());
            }
        }
        if (record.netnsMount() && kernel.namespaces().isEmpty() && netnsIsMount()) {
            unmountNetns(failures);
        }
        if (!failures.isEmpty()) {
            throw new LabException("Some of the lab could not be taken away: " + String.join("; ", failures));
        }
        removeTree(plan.run());
    }

    /** The processes in these namespaces are the holders and what they brought in; with a holder go all its children. */
    private void killResidents(List<String> namespaces, List<String> failures) {
        var inodes = namespaces.stream().map(Remains::inode).toList();
        var residents = residents(inodes);
        residents.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
        Instant end = Instant.now().plus(PATIENCE);
        while (!residents(inodes).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                failures.add("processes " + residents(inodes) + " do not end");
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static List<ProcessId> residents(List<Long> inodes) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(path -> inodes.contains(inode(path.resolve("ns/net"))))
                    .map(path -> Long.parseLong(path.getFileName().toString()))
                    .filter(pid -> pid != ProcessHandle.current().pid())
                    .flatMap(pid -> ProcessId.of(pid).stream())
                    .toList();
        } catch (IOException e) {
            throw new LabException("The processes of this machine cannot be listed: " + e, e);
        }
    }

    private static long inode(String namespace) {
        return inode(RUN_NETNS.resolve(namespace));
    }

    /** -1 where there is nothing (a process that ended between being listed and being looked at). */
    private static long inode(Path path) {
        try {
            return (long) Files.getAttribute(path, "unix:ino");
        } catch (IOException gone) {
            return -1;
        }
    }

    private void unmountNetns(List<String> failures) {
        try {
            var process = kernel.root().start(Command.of("umount", RUN_NETNS.toString()));
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                failures.add("the mount " + RUN_NETNS + " stays");
            }
        } catch (KernelException e) {
            failures.add("the mount " + RUN_NETNS + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add("interrupted");
        }
    }

    private static void removeTree(Path top) {
        try {
            FileTree.remove(top);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "some of {0} stays: {1}", top, e.toString());
        }
    }
}
