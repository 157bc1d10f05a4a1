package io.isospin.lab.compute.instance.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.linux.LinuxKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceleratorTrialTest {
    @TempDir
    private Path directory;

    @Test
    void without_a_device_guests_are_emulated_and_the_device_is_named() throws Exception {
        try (var kernel = LinuxKernel.open()) {
            var found = new AcceleratorTrial(kernel, directory.resolve("kvm"), directory.resolve("log"))
                    .get(new GuestImage(directory, directory));
            assertThat(found.name()).isEqualTo("tcg");
            assertThat(found.told()).contains("KVM cannot be used: there is no " + directory.resolve("kvm"));
        }
    }

    /** The image is none, so that no guest starts, as on a machine whose KVM only seems to be there. */
    @Test
    void a_device_with_which_no_guest_starts_is_tried_once_and_given_up_within_its_bound() throws Exception {
        Path device = Files.createFile(directory.resolve("kvm"));
        Path image = Files.createFile(directory.resolve("image"));
        Path log = directory.resolve("log");
        try (var kernel = LinuxKernel.open()) {
            var trial = new AcceleratorTrial(kernel, device, log);
            long begun = System.nanoTime();
            var found = trial.get(new GuestImage(image, image));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            assertThat(found.name()).isEqualTo("tcg");
            assertThat(found.why()).isNotBlank();
            Files.delete(log);
            assertThat(trial.get(new GuestImage(image, image))).isSameAs(found);
            assertThat(log).doesNotExist();
        }
    }
}
