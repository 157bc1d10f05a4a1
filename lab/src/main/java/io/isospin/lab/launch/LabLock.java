package io.isospin.lab.launch;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import io.isospin.lab.host.LabRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one lab of this machine; the kernel lets it go when the lab's process ends, however it ends. */
final class LabLock implements AutoCloseable {
    private final FileChannel channel;

    private LabLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it, or says who has it. */
    static LabLock take(LabPlan plan) {
        Path file = plan.state().resolve("lock");
        try {
            Files.createDirectories(plan.state());
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                String who = LabRecord.read(plan)
                        .map(record -> " (process " + record.lab().pid() + ")")
                        .orElse("");
                throw new LabException("A lab is already running" + who
                        + ". There is one per machine: use it, or end it with \"./isospin lab stop\".");
            }
            return new LabLock(channel);
        } catch (IOException e) {
            throw new LabException("The lab's lock " + file + " cannot be taken: " + e, e);
        }
    }

    /** Whether this process still has it. */
    boolean held() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
