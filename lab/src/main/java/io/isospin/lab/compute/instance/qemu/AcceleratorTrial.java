package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.host.Scripts;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether KVM runs guests, by having it run one that ends at once: on some machines the device is there and a
 * guest never starts. All hosts of the lab are on one machine, so one trial is enough.
 */
final class AcceleratorTrial {
    private static final int PATIENCE_SECONDS = 5;

    private final Kernel kernel;
    private final Path device;
    private final Path log;
    private volatile @Nullable Accelerator found;

    /** {@code device} is KVM's; what the trial says is left in {@code log}. */
    AcceleratorTrial(Kernel kernel, Path device, Path log) {
        this.kernel = kernel;
        this.device = device;
        this.log = log;
    }

    synchronized Accelerator get(GuestImage image) {
        var known = found;
        if (known == null) {
            known = Files.exists(device) ? attempt(image) : Accelerator.emulated("there is no " + device);
            found = known;
        }
        return known;
    }

    /** What was found out; empty before a guest was first started. */
    Optional<Accelerator> known() {
        return Optional.ofNullable(found);
    }

    private Accelerator attempt(GuestImage image) {
        try {
            Files.deleteIfExists(log);
            var process = kernel.root().start(new Command(QemuCommand.trial(image, Accelerator.KVM), Map.of(), log));
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Accelerator.emulated("a guest did not start within " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue() == 0 && Files.readString(log).contains("isospin trial")
                    ? Accelerator.KVM
                    : Accelerator.emulated(Scripts.tail(log, 1));
        } catch (IOException | KernelException e) {
            return Accelerator.emulated(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Accelerator.emulated("the trial was interrupted");
        }
    }
}
