package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A guest's own copy of its image's disk, which outlives its reboots. */
final class GuestDisk {
    private static final Set<String> FORMATS = Set.of("raw", "qcow2");
    private static final int QCOW2_MAGIC = 0x514649fb;
    private static final int QCOW2_HEADER = 80;
    private static final long EXTERNAL_DATA = 1L << 2;

    private GuestDisk() {}

    /** The copy in {@code home}, made where there is none. */
    static Disk prepare(Disk image, Path home) {
        if (!FORMATS.contains(image.format())) {
            throw new DriverException("The image is a disk of format " + image.format()
                    + ", and the lab's machines start from raw and qcow2 ones only.");
        }
        Path own = home.resolve("disk." + image.format());
        try {
            if (!Files.exists(own)) {
                requireSelfContained(image);
                Path part = home.resolve("disk.part");
                Files.createDirectories(home);
                Files.copy(image.file(), part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, own, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new DriverException("The image's disk cannot be copied: " + e);
        }
        return new Disk(own, image.format());
    }

    /**
     * A qcow2 file may name others that qemu opens for it: those would be the host's, read by whoever uploads the image
     * (docs/interop/qcow2.txt; CVE-2024-32498). A raw one is never looked into.
     */
    private static void requireSelfContained(Disk image) throws IOException {
        if (!image.format().equals("qcow2")) {
            return;
        }
        var header = ByteBuffer.allocate(QCOW2_HEADER);
        try (var file = FileChannel.open(image.file(), StandardOpenOption.READ)) {
            while (header.hasRemaining() && file.read(header) > 0) {
                // until the header is whole, or the file ends
            }
        }
        boolean whole = !header.hasRemaining();
        if (!whole || header.getInt(0) != QCOW2_MAGIC) {
            throw new DriverException("The image's content is not qcow2, which its disk_format says it is.");
        }
        boolean backed = header.getLong(8) != 0;
        boolean external = header.getInt(4) >= 3 && (header.getLong(72) & EXTERNAL_DATA) != 0;
        if (backed || external) {
            throw new DriverException("The image's qcow2 file refers to another file, which is refused: it would be one"
                    + " of the host's.");
        }
    }
}
