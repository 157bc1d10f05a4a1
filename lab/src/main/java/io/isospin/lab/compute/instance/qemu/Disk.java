package io.isospin.lab.compute.instance.qemu;

import java.nio.file.Path;

/** The disk that an image is. {@code format} is one of Glance's {@code disk_format}s. */
public record Disk(Path file, String format) {}
