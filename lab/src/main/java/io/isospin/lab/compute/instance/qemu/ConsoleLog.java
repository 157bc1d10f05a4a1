package io.isospin.lab.compute.instance.qemu;

import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * What a guest wrote to its console. qemu appends to the file for as long as it runs, so what is old is taken out of it by
 * a hole: that loses nothing that is being written, and the file's offsets stay.
 */
final class ConsoleLog {
    /** Bytes that can be read back, as Nova's libvirt driver has it: MAX_CONSOLE_BYTES is 100 KiB there. */
    static final int KEPT = 512 * 1024;

    private static final int SLACK = 1024 * 1024;
    private static final int PATIENCE_SECONDS = 10;

    private final Path file;
    private long freed;

    ConsoleLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    void say(String line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, line + "\r\n", StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The end of it, as text without carriage returns. */
    String tail() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate((int) Math.min(KEPT, channel.size()));
            channel.position(Math.max(0, channel.size() - KEPT));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1)
                    .replace("\r", "")
                    .replace("\0", "");
        }
    }

    /** Frees what is too old to be read back. */
    void trim(Kernel kernel) throws IOException, InterruptedException {
        long old = Files.size(file) - KEPT;
        if (old - freed < SLACK) {
            return;
        }
        var process = kernel.root()
                .start(Command.of(
                        "fallocate", "--punch-hole", "--offset", "0", "--length", Long.toString(old), file.toString()));
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("the console " + file + " cannot be kept small: fallocate fails on its file system");
        }
        freed = old;
    }
}
