package io.isospin.agent.kernel;

import io.isospin.linux.netns.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A host made of a network namespace and a mount namespace with its own /run/netns; it goes with its last process. */
final class ThrowawayHost implements AutoCloseable {
    private final Process holder;
    private final List<Process> started = new ArrayList<>();

    ThrowawayHost() {
        String me = System.getProperty("user.name");
        if (!"root".equals(me)) {
            throw new IllegalStateException("kernel tests make namespaces and must run as root, not as " + me);
        }
        try {
            Files.createDirectories(Path.of("/run/netns"));
            holder = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--mount",
                            "sh",
                            "-c",
                            "mount --make-rprivate / && mount -t tmpfs tmpfs /run/netns && ip link set lo up && echo ready"
                                    + " && exec sleep 600")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            holder.inputReader().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T inside(Supplier<T> work) {
        return Netns.call(Path.of("/proc", Long.toString(holder.pid()), "ns", "net"), work);
    }

    private List<String> entering(List<String> words) {
        var all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(holder.pid()), "-m", "-n"));
        all.addAll(words);
        return all;
    }

    /** Runs a program to its end and answers its output; fails where it fails. */
    String run(String... words) {
        try {
            Process process = new ProcessBuilder(entering(Arrays.asList(words)))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String sh(String script) {
        return run("sh", "-ec", script);
    }

    /** Starts a program, its output to a file; it is ended with the host. */
    Process start(Path log, String... words) {
        try {
            Process process = new ProcessBuilder(entering(Arrays.asList(words)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
        // Daemons of this host, which are no children of ours: those that live in its mount namespace.
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            Path mine = Path.of("/proc", Long.toString(holder.pid()), "ns", "mnt");
            Object mount = Files.getAttribute(mine, "unix:ino");
            for (Path process : processes) {
                endIfIn(process, mount);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            holder.destroyForcibly();
        }
        try {
            holder.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endIfIn(Path process, Object mount) {
        try {
            long pid = Long.parseLong(process.getFileName().toString());
            if (pid != holder.pid()
                    && mount.equals(Files.getAttribute(process.resolve("ns").resolve("mnt"), "unix:ino"))) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            // It ended by itself, or is none of ours.
            System.getLogger(ThrowawayHost.class.getName()).log(System.Logger.Level.DEBUG, "left alone", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
