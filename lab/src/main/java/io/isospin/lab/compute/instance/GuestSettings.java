package io.isospin.lab.compute.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance was asked for besides its interfaces, as it is told of it by metadata or a config drive.
 *
 * @param image the id of the image that it was booted from
 * @param imageProperties what the image said of itself when it was booted from, such as {@code isospin:driver}
 * @param extraSpecs of the flavor
 * @param userData in base64, as Compute's API takes it; null for none
 * @param configDrive whether it is told by a drive rather than by metadata
 */
public record GuestSettings(
        int memoryMb,
        int vcpus,
        String image,
        Map<String, String> imageProperties,
        Map<String, String> extraSpecs,
        Map<String, String> metadata,
        @Nullable String userData,
        List<Key> keys,
        String project,
        String availabilityZone,
        boolean configDrive) {

    /** A key pair's public half, in OpenSSH's form. */
    public record Key(String name, String publicKey) {}
}
