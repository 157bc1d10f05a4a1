package io.isospin.lab.compute.instance.qemu;

/**
 * How qemu runs a guest's instructions: {@code kvm}, or {@code tcg}, its own emulation.
 *
 * @param why for tcg what kept kvm from being used; empty for kvm
 */
record Accelerator(String name, String why) {
    static final Accelerator KVM = new Accelerator("kvm", "");

    static Accelerator emulated(String why) {
        return new Accelerator("tcg", why);
    }

    /** As qemu takes it. Translated code may take 64 MB: a guest's kernel fits, with less it boots half as fast. */
    String option() {
        return name.equals("kvm") ? name : name + ",tb-size=64";
    }

    /** The processor that the guest sees: the machine's own, or the plainest, which is the quickest to emulate. */
    String processor() {
        return name.equals("kvm") ? "host" : "qemu64,+rdrand";
    }

    /** For the console. */
    String told() {
        return name.equals("kvm") ? "under KVM" : "under qemu's own emulation, as KVM cannot be used: " + why;
    }
}
