package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.config.Settings;
import io.isospin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database server of this test's own, which comes and goes. */
class DatabaseAwayTest {
    @TempDir
    Path folder;

    private @Nullable MariaDb database;

    @BeforeEach
    void onlyOnce() {
        assumeThat(Engine.ofThisRun()).isEqualTo(Engine.MARIADB);
    }

    @AfterEach
    void end() {
        if (database != null) {
            database.close();
        }
    }

    private MariaDb database(String... options) {
        var made = MariaDb.prepared(options);
        database = made;
        return made;
    }

    private Settings settings(String connection, String... more) {
        try {
            return Settings.read(List.of(Files.writeString(
                    folder.resolve("neutron.conf"),
                    Api.config(folder).replaceFirst("connection = .*", "connection = " + connection.replace("$", "\\$"))
                            + "[quotas]\nquota_network = -1\n"
                            + String.join("\n", more))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String network(Api api) {
        return api.post("/v2.0/networks", "{\"network\": {}}").at("/network/id").asString();
    }

    @Test
    void aDatabaseThatIsNotUpYetIsWaitedFor() throws Exception {
        var mariadb = database();
        mariadb.start();
        String connection = mariadb.schema();
        mariadb.stop();
        var settings = settings(connection, "[database]", "retry_interval = 1", "max_retries = -1");
        var starting = CompletableFuture.supplyAsync(() -> Server.start(settings));
        assertThat(starting).isNotDone();
        mariadb.start();
        try (var api = Api.of(starting.get(60, TimeUnit.SECONDS))) {
            assertThat(network(api)).isNotEmpty();
        }
    }

    @Test
    void oneThatDoesNotComeIsNamedWithWhatWasTried() {
        var mariadb = database();
        var settings = settings(
                "mysql+pymysql://neutron:secret@127.0.0.1:" + mariadb.port() + "/neutron",
                "[database]",
                "retry_interval = 0",
                "max_retries = 2");
        assertThatThrownBy(() -> Server.start(settings))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("MariaDB neutron at 127.0.0.1:" + mariadb.port())
                .hasMessageContaining("tried 3 times")
                .hasMessageContaining("[database] connection")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aWrongPasswordIsSaidAtOnce() {
        var mariadb = database();
        mariadb.start();
        var settings = settings(mariadb.schema().replaceFirst(":[^:@]*@", ":wrong@"));
        assertThatThrownBy(() -> Server.start(settings)).hasMessageContaining("Access denied");
    }

    @Test
    void neutronsOwnTablesAreLeftAlone() {
        var mariadb = database();
        mariadb.start();
        String schema = mariadb.newSchema();
        mariadb.sql("CREATE TABLE " + schema + ".alembic_version (version_num VARCHAR(32))");
        assertThatThrownBy(() -> Server.start(settings(mariadb.connection(schema))))
                .hasMessageContaining("Neutron's own tables");
    }

    @Test
    void oneThatComesBackIsUsedAgain() {
        var mariadb = database();
        mariadb.start();
        try (var api = Api.of(Server.start(settings(mariadb.schema())))) {
            String first = network(api);
            mariadb.stop();
            assertThat(api.post("/v2.0/networks", "{\"network\": {}}").error())
                    .startsWith("503 ServiceUnavailable: The database MariaDB");
            mariadb.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> api.get("/v2.0/networks/" + first).status() == 200);
            assertThat(network(api)).isNotEmpty();
        }
    }

    @Test
    void everyAnsweredWriteIsThereAfterAKillOfTheDatabase() throws Exception {
        var mariadb = database();
        mariadb.start();
        var answered = ConcurrentHashMap.<String>newKeySet();
        var stop = new AtomicBoolean();
        try (var api = Api.of(Server.start(settings(mariadb.schema())))) {
            var writers = List.of(writer(api, answered, stop), writer(api, answered, stop));
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() > 100);
            mariadb.kill();
            mariadb.start();
            int before = answered.size();
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.size() > before + 20);
            stop.set(true);
            for (var writer : writers) {
                writer.join(Duration.ofSeconds(30));
            }
            var kept = new HashSet<String>();
            var list = api.get("/v2.0/networks?fields=id");
            assertThat(list.status()).as(list.error()).isEqualTo(200);
            list.at("/networks").forEach(one -> kept.add(one.path("id").asString()));
            assertThat(kept).containsAll(answered);
            assertThat(api.get("/v2.0/quotas/admin/details")
                            .at("/quota/network/used")
                            .asInt())
                    .isEqualTo(kept.size());
        }
    }

    private static Thread writer(Api api, Set<String> answered, AtomicBoolean stop) {
        return Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                var answer = api.post("/v2.0/networks", "{\"network\": {\"provider:network_type\": \"vxlan\"}}");
                if (answer.status() == 201) {
                    answered.add(answer.at("/network/id").asString());
                }
            }
        });
    }

    @Test
    void theConnectionIsEncryptedAndTheServerKnown() throws Exception {
        for (var command : List.of(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
                        + " -keyout key.pem -out cert.pem",
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout okey.pem -out other.pem")) {
            var process = new ProcessBuilder(command.split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
            assertThat(process.waitFor()).isZero();
        }
        var mariadb = database("--ssl-cert=" + folder.resolve("cert.pem"), "--ssl-key=" + folder.resolve("key.pem"));
        mariadb.start();
        String schema = mariadb.newSchema();
        mariadb.sql("ALTER USER " + schema + "@'127.0.0.1' REQUIRE SSL");
        String connection = mariadb.connection(schema);
        try (var api = Api.of(Server.start(settings(connection + "&ssl_ca=" + folder.resolve("cert.pem"))))) {
            assertThat(network(api)).isNotEmpty();
        }
        var settings = settings(connection + "&ssl_ca=" + folder.resolve("other.pem"), "[database]", "max_retries = 0");
        assertThatThrownBy(() -> Server.start(settings)).hasMessageContaining("[database] connection");
    }

    @Test
    void aServerOfThisHostIsReachedThroughItsSocketFile() throws IOException {
        var schema = Files.writeString(folder.resolve("init.sql"), "CREATE DATABASE IF NOT EXISTS local;\n");
        var mariadb = database("--skip-networking", "--init-file=" + schema);
        mariadb.startOnSocketOnly();
        String connection = mariadb.socketConnection("local");
        var server = Server.start(settings(connection, "[database]", "pool_timeout = 2"));
        try (var api = Api.of(server)) {
            assertThat(server.data()).endsWith(" at " + mariadb.socket());
            assertThat(network(api)).isNotEmpty();
            mariadb.kill();
            assertThat(api.get("/v2.0/networks").status()).isEqualTo(503);
            mariadb.startOnSocketOnly();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(api.get("/v2.0/networks").at("/networks"))
                            .hasSize(1));
        }
        mariadb.stop();
        var settings = settings(connection, "[database]", "max_retries = 0");
        assertThatThrownBy(() -> Server.start(settings)).hasMessageContaining(mariadb.socket());
    }
}
