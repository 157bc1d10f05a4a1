package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of its own that holds three megabytes; wants root, to mount it. */
class FullDiskTest {
    @TempDir
    Path folder;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        run("mount", "-t", "tmpfs", "-o", "size=3m", "isospin-test", folder.toString());
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(String.join(" ", command) + " (as root?)")
                .isTrue();
    }

    @Test
    void aFullDiskIsSaidAndReadingGoesOnAndWritingOnceThereIsRoom() throws IOException {
        assumeTrue(Engine.ofThisRun() == Engine.SQLITE, "the disk is the server's own");
        Files.write(folder.resolve("ballast"), new byte[1 << 20]);
        try (var api = Api.in(folder, "[quotas]", "quota_network = -1")) {
            int made = 0;
            Api.Answer answer = create(api);
            while (answer.status() == 201 && made < 20_000) {
                made++;
                answer = create(api);
            }
            String full = "503 ServiceUnavailable: The database's disk is full: free space there; nothing was changed.";
            assertThat(answer.error()).isEqualTo(full);
            assertThat(create(api).error()).isEqualTo(full);
            assertThat(api.get("/v2.0/networks?fields=id").at("/networks")).hasSize(made);
            Files.delete(folder.resolve("ballast"));
            assertThat(create(api).status()).isEqualTo(201);
            assertThat(api.get("/v2.0/quotas/admin/details")
                            .at("/quota/network/used")
                            .asInt())
                    .isEqualTo(made + 1);
        }
    }

    private static Api.Answer create(Api api) {
        return api.post("/v2.0/networks", "{\"network\": {\"name\": \"" + "x".repeat(200) + "\"}}");
    }
}
