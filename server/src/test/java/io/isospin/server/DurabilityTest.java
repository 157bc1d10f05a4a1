package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.isospin.core.config.Settings;
import io.isospin.server.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DurabilityTest {
    @TempDir
    Path folder;

    private Process server(Path log) throws IOException {
        var file = folder.resolve("neutron.conf");
        Files.writeString(
                file, Api.config(folder) + "[quotas]\nquota_network = -1\n[ml2_type_vxlan]\nvni_ranges = 1:1000000\n");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.isospin.server.Main",
                        "--config-file",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int port(Path log) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> Files.readString(log)
                                .lines()
                                .filter(line -> line.contains("listening on port "))
                                .map(line -> Integer.parseInt(line.replaceAll(".*port (\\d+).*", "$1")))
                                .findFirst()
                                .orElse(0),
                        port -> port > 0);
    }

    @Test
    void everyAnsweredWriteIsThereAfterAKill() throws Exception {
        var answered = ConcurrentHashMap.<String>newKeySet();
        var log = folder.resolve("first.log");
        var process = server(log);
        try {
            int port = port(log);
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                writers.add(Thread.ofPlatform().start(() -> write(port, answered)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() > 200);
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            for (var writer : writers) {
                writer.join(Duration.ofSeconds(10));
            }
        } finally {
            process.destroyForcibly();
        }
        try (var api = Api.in(folder)) {
            var kept = new HashSet<String>();
            api.get("/v2.0/networks?fields=id")
                    .at("/networks")
                    .forEach(network -> kept.add(network.path("id").asString()));
            assertThat(kept).containsAll(answered);
            int used = api.get("/v2.0/quotas/admin/details")
                    .at("/quota/network/used")
                    .asInt();
            assertThat(used).as("counted in the same transaction").isEqualTo(kept.size());
        }
    }

    private static void write(int port, Set<String> answered) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2.0/networks"))
                    .header("X-Project-Id", "admin")
                    .POST(BodyPublishers.ofString("{\"network\": {\"provider:network_type\": \"vxlan\"}}"))
                    .build();
            while (true) {
                send(http, request, answered);
            }
        } catch (IOException e) {
            assertThat(answered).as("the server was killed while it wrote").isNotEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpClient http, HttpRequest request, Set<String> answered)
            throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 201) {
            answered.add(JsonMapper.shared()
                    .readTree(answer.body())
                    .at("/network/id")
                    .asString());
        }
    }

    @Test
    void aDamagedFileIsNamedAndNotTouched() throws IOException {
        assumeTrue(Engine.ofThisRun() == Engine.SQLITE, "there is a file");
        var file = folder.resolve("neutron.sqlite");
        Files.writeString(file, "this is no database, whatever its name says. ".repeat(100));
        Files.writeString(folder.resolve("neutron.conf"), Api.config(folder));
        assertThatThrownBy(() -> Server.start(Settings.read(List.of(folder.resolve("neutron.conf")))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restore it from a backup");
        assertThat(Files.readString(file)).startsWith("this is no database");
    }
}
