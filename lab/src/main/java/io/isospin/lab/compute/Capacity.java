package io.isospin.lab.compute;

import java.util.List;

/** What a compute host has, and how far Nova's allocation ratios let it be promised: memory in MiB, disk in GiB. */
public final class Capacity {
    public static final int VCPUS = 16;
    public static final int MEMORY_MIB = 65536;
    public static final int DISK_GIB = 1000;
    public static final double VCPU_RATIO = 16.0;
    public static final double MEMORY_RATIO = 1.5;
    public static final double DISK_RATIO = 1.0;

    private Capacity() {}

    /** What some instances take. */
    record Taken(int vcpus, int memory, int disk) {
        static Taken by(List<Instance> instances) {
            return new Taken(
                    instances.stream().mapToInt(i -> i.flavor().vcpus()).sum(),
                    instances.stream().mapToInt(i -> i.flavor().ram()).sum(),
                    instances.stream().mapToInt(i -> i.flavor().disk()).sum());
        }
    }

    /** Whether a host that has {@code there} can take one more. */
    static boolean fits(Flavor flavor, List<Instance> there) {
        var taken = Taken.by(there);
        return taken.vcpus() + flavor.vcpus() <= VCPUS * VCPU_RATIO
                && taken.memory() + flavor.ram() <= MEMORY_MIB * MEMORY_RATIO
                && taken.disk() + flavor.disk() <= DISK_GIB * DISK_RATIO;
    }
}
