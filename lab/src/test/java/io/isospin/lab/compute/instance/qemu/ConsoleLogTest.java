package io.isospin.lab.compute.instance.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleLogTest {
    @TempDir
    private Path directory;

    @Test
    void what_is_too_old_takes_no_room_and_the_end_can_be_read() throws Exception {
        Path file = directory.resolve("console.log");
        var log = new ConsoleLog(file);
        log.say("x".repeat(4 * 1024 * 1024));
        log.say("the last line");
        try (var kernel = LinuxKernel.open()) {
            assertThat(kibibytes(kernel, file)).isGreaterThan(4000);
            log.trim(kernel);
            assertThat(kibibytes(kernel, file)).isLessThan(1000);
        }
        assertThat(log.tail()).endsWith("\nthe last line\n").hasSizeLessThanOrEqualTo(ConsoleLog.KEPT);
        log.say("one more");
        assertThat(log.tail()).endsWith("\nthe last line\none more\n").startsWith("xxx");
    }

    @Test
    void what_was_never_written_is_empty() throws Exception {
        assertThat(new ConsoleLog(directory.resolve("none")).tail()).isEmpty();
    }

    private long kibibytes(Kernel kernel, Path file) throws Exception {
        Path answer = directory.resolve("du");
        Files.deleteIfExists(answer);
        var process = kernel.root().start(new Command(List.of("du", "-k", file.toString()), Map.of(), answer));
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return Long.parseLong(Files.readString(answer).split("\t")[0]);
    }
}
