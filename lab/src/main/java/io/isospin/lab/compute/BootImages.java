package io.isospin.lab.compute;

import java.util.Map;
import java.util.Optional;

/** What compute asks the image service. */
@FunctionalInterface
public interface BootImages {
    /**
     * What is booted.
     *
     * @param properties what the image says of itself, such as {@code isospin:driver}
     * @param status in Glance's words; what is not {@code active} does not boot
     * @param minRam MiB
     * @param minDisk GiB
     */
    record BootImage(Map<String, String> properties, String status, int minRam, int minDisk) {}

    /** Empty where there is none that this project sees. */
    Optional<BootImage> find(String id, String project, boolean admin);
}
