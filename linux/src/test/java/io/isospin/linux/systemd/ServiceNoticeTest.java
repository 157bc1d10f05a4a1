package io.isospin.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a datagram socket that writes down what it hears, made by Python, which Java cannot make. */
class ServiceNoticeTest {
    private static final String LISTENER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print('bound', flush=True)
            while True:
                print(s.recv(4096).decode().replace(chr(10), ' '), flush=True)
            """;

    @TempDir
    Path folder;

    @Test
    void systemdHearsReadyWellAndStopping() throws IOException, InterruptedException {
        var heard = folder.resolve("heard");
        var socket = folder.resolve("notify");
        var listener = new ProcessBuilder("/usr/bin/python3", "-c", LISTENER, socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(heard.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(heard).contains("bound"));
            var well = new AtomicBoolean(true);
            var notice = ServiceNotice.of(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "100000"));
            notice.ready("listening", well::get);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            lines(heard).stream().filter("WATCHDOG=1"::equals).count() >= 3);
            well.set(false);
            notice.close();
            await().atMost(Duration.ofSeconds(20)).until(() -> lines(heard).contains("STOPPING=1"));
            assertThat(lines(heard).get(1)).isEqualTo("READY=1 STATUS=listening");
        } finally {
            listener.destroy();
            assertThat(listener.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<String> lines(Path heard) throws IOException {
        return Files.readAllLines(heard);
    }

    @Test
    void withoutSystemdNothingHappens() {
        assertThatCode(() -> ServiceNotice.of(Map.of()).ready("listening", () -> true))
                .doesNotThrowAnyException();
    }

    @Test
    void aSocketThatIsGoneStopsNothing() {
        var notice =
                ServiceNotice.of(Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()));
        assertThatCode(() -> notice.ready("listening", () -> true)).doesNotThrowAnyException();
    }
}
