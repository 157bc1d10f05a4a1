package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.host.FileTree;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes the guests' image when one first boots: the kernel once and for all, the rest again when a newer lab has other
 * scripts for it. What is half made is never taken for whole.
 */
final class GuestImageMaker {
    /** Some 27 MB are fetched, over a line that may be slow. */
    private static final int KERNEL_SECONDS = 300;

    private static final int INITRAMFS_SECONDS = 60;
    private static final String FROM = "compute/instance/";
    private static final List<String> TOOLS = List.of("qemu/kernel.sh", "qemu/initramfs.sh");
    private static final List<String> CONTENT = List.of(
            "qemu/guest/inittab",
            "qemu/guest/issue",
            "qemu/guest/rc",
            "qemu/guest/console",
            "qemu/guest/network",
            "qemu/guest/link",
            "qemu/guest/identify",
            "qemu/guest/run-user-data",
            "qemu/guest/power",
            "dhcp.sh",
            "metadata.sh");

    private final Kernel kernel;
    private final Path directory;

    /** The image is kept in {@code directory}. */
    GuestImageMaker(Kernel kernel, Path directory) {
        this.kernel = kernel;
        this.directory = directory.toAbsolutePath();
    }

    /** The image, made first where there is none; {@code progress} is told of what takes long. */
    synchronized GuestImage get(Consumer<String> progress) {
        try {
            Path scripts = directory.resolve("scripts");
            TOOLS.forEach(name -> Scripts.copy(FROM + name, scripts));
            CONTENT.forEach(name -> Scripts.copy(FROM + name, scripts));
            Path fetched = directory.resolve("kernel");
            if (!Files.exists(fetched)) {
                progress.accept("Making the guests' image, which is done once: fetching Debian's kernel for clouds...");
                Path unfinished = directory.resolve("kernel.new");
                FileTree.remove(unfinished);
                run(KERNEL_SECONDS, scripts.resolve("kernel.sh"), unfinished);
                Files.move(unfinished, fetched);
            }
            Path initramfs = directory.resolve("initramfs-" + digest(scripts));
            if (!Files.exists(initramfs)) {
                progress.accept("Making the guests' image: packing what it starts from...");
                forgetFormer();
                run(INITRAMFS_SECONDS, scripts.resolve("initramfs.sh"), fetched, scripts, initramfs);
            }
            return new GuestImage(fetched.resolve("vmlinuz"), initramfs);
        } catch (IOException | LabException e) {
            throw new DriverException("The guests' image cannot be made in " + directory + ": " + e.getMessage());
        }
    }

    private void forgetFormer() throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.filter(path -> path.getFileName().toString().startsWith("initramfs-"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static String digest(Path scripts) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(scripts.resolve("initramfs.sh")));
            for (var name : CONTENT) {
                digest.update(Files.readAllBytes(scripts.resolve(Path.of(name).getFileName())));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void run(int seconds, Path script, Path... arguments) throws IOException {
        var words = new ArrayList<>(List.of("sh", script.toString()));
        List.of(arguments).forEach(argument -> words.add(argument.toString()));
        Path log = directory.resolve(script.getFileName() + ".log");
        Files.deleteIfExists(log);
        try {
            var process = kernel.root().start(new Command(words, Map.of(), log));
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new DriverException("The guests' image was not made within " + seconds + " s: see " + log);
            }
            if (process.exitValue() != 0) {
                throw new DriverException("The guests' image cannot be made: " + Scripts.tail(log, 3));
            }
        } catch (KernelException e) {
            throw new DriverException("The guests' image cannot be made: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException("interrupted");
        }
    }
}
