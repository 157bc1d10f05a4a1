package io.isospin.lab.compute.instance.qemu;

import java.nio.file.Path;

/** What a guest boots from. There is no disk: all that it has is in {@code initramfs}, and in memory once it runs. */
record GuestImage(Path kernel, Path initramfs) {}
