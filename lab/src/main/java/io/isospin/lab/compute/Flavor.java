package io.isospin.lab.compute;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A size of instances: memory in MiB, disk in GiB. */
public record Flavor(String id, String name, int vcpus, int ram, int disk, Map<String, String> extraSpecs) {
    /** Those that every OpenStack used to come with, so that old scripts find them. */
    public static final List<Flavor> ALL = List.of(
            new Flavor("1", "m1.tiny", 1, 512, 1, Map.of()),
            new Flavor("2", "m1.small", 1, 2048, 20, Map.of()),
            new Flavor("3", "m1.medium", 2, 4096, 40, Map.of()),
            new Flavor("4", "m1.large", 4, 8192, 80, Map.of()),
            new Flavor("5", "m1.xlarge", 8, 16384, 160, Map.of()));

    public static Optional<Flavor> find(String id) {
        return ALL.stream().filter(flavor -> flavor.id().equals(id)).findFirst();
    }
}
