package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.tls.TlsClient;
import io.isospin.server.identity.RestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenStack's Keystone, of Debian's package, with a database and keys of its own in a folder. Tokens end soon. */
final class Keystone implements AutoCloseable {
    private static final RestClient HTTP = new RestClient(TlsClient.STANDARD);
    /** How long a token lasts. */
    static final Duration TOKENS = Duration.ofSeconds(15);

    static final String PASSWORD = "secret";

    private static final Path MANAGE = Path.of("/usr/bin/keystone-manage");
    private static final Path SERVE = Path.of("/usr/bin/keystone-wsgi-public");
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private Keystone(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(MANAGE) && Files.isExecutable(SERVE);
    }

    /** A Keystone with an administrator, {@code admin} in project {@code admin}, and the role {@code service}. */
    static Keystone in(Path folder) throws IOException {
        var keystone = new Keystone(folder, freePort());
        Files.writeString(folder.resolve("keystone.conf"), """
                [DEFAULT]
                use_stderr = true
                [database]
                connection = sqlite:///FOLDER/keystone.db
                [token]
                provider = fernet
                expiration = SECONDS
                [fernet_tokens]
                key_repository = FOLDER/fernet
                [credential]
                key_repository = FOLDER/credential
                [identity]
                password_hash_rounds = 4
                [cache]
                enabled = false
                """.replace("FOLDER", folder.toString())
                .replace("SECONDS", Long.toString(TOKENS.toSeconds())));
        Files.createDirectory(folder.resolve("fernet"));
        Files.createDirectory(folder.resolve("credential"));
        String user = System.getProperty("user.name");
        keystone.manage("db_sync");
        keystone.letReadersBe();
        keystone.manage("fernet_setup", "--keystone-user", user, "--keystone-group", user);
        keystone.manage("credential_setup", "--keystone-user", user, "--keystone-group", user);
        keystone.manage("bootstrap", "--bootstrap-password", PASSWORD, "--bootstrap-public-url", keystone.url());
        keystone.start();
        return keystone;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/v3";
    }

    /** Keystone leaves readers open, which would lock its writers out of the file. */
    private void letReadersBe() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keystone.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void manage(String... words) {
        var command = new ArrayList<>(List.of(
                MANAGE.toString(),
                "--config-file",
                folder.resolve("keystone.conf").toString()));
        command.addAll(List.of(words));
        try {
            var manage = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("manage.log").toFile())
                    .start();
            assertThat(manage.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(manage.exitValue())
                    .as(words[0] + ": " + Files.readString(folder.resolve("manage.log")))
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Serves, and waits until it does. */
    void start() throws IOException {
        var builder = new ProcessBuilder(
                        SERVE.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port), "--")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("serve.log").toFile()));
        builder.environment()
                .put("OS_KEYSTONE_CONFIG_FILES", folder.resolve("keystone.conf").toString());
        process = builder.start();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> HTTP.send("GET", url(), Map.of(), null).status() == 200);
    }

    void stop() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** A token of a user in a project of the default domain. */
    String token(String user, String project) {
        return token(user, "\"project\": {\"name\": \"" + project + "\", \"domain\": {\"id\": \"default\"}}", 201);
    }

    /** A token of a user for the system as a whole. */
    String systemToken(String user) {
        return token(user, "\"system\": {\"all\": true}", 201);
    }

    private String token(String user, String scope, int status) {
        var answer = send(
                "POST",
                "/auth/tokens",
                "",
                "{\"auth\": {\"identity\": {\"methods\": [\"password\"], \"password\": {\"user\": {\"name\": \"" + user
                        + "\", \"password\": \"" + PASSWORD + "\", \"domain\": {\"id\": \"default\"}}}}, \"scope\": {"
                        + scope + "}}}",
                Map.of());
        assertThat(answer.status()).as(log()).isEqualTo(status);
        return answer.header("X-Subject-Token").orElseThrow();
    }

    /** The end of what it says in its log. */
    private String log() {
        try {
            var lines = Files.readAllLines(folder.resolve("serve.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    void revoke(String token) {
        var answer = send("DELETE", "/auth/tokens", token("admin", "admin"), "", Map.of("X-Subject-Token", token));
        assertThat(answer.status()).isEqualTo(204);
    }

    /** A project's id. */
    String project(String name) {
        return create("project", "{\"project\": {\"name\": \"" + name + "\", \"domain_id\": \"default\"}}");
    }

    /** A user with a role in a project. */
    void user(String name, String project, String role) {
        String user = create(
                "user",
                "{\"user\": {\"name\": \"" + name + "\", \"password\": \"" + PASSWORD
                        + "\", \"domain_id\": \"default\"}}");
        grant("/projects/" + project + "/users/" + user, role);
    }

    private void grant(String where, String role) {
        String admin = token("admin", "admin");
        var found =
                send("GET", "/roles?name=" + role, admin, "", Map.of()).body().path("roles");
        String id = found.isEmpty()
                ? create("role", "{\"role\": {\"name\": \"" + role + "\"}}")
                : found.path(0).path("id").asString();
        assertThat(send("PUT", where + "/roles/" + id, admin, "", Map.of()).status())
                .isEqualTo(204);
    }

    private String create(String kind, String body) {
        var answer = send("POST", "/" + kind + "s", token("admin", "admin"), body, Map.of());
        assertThat(answer.status()).as(log()).isEqualTo(201);
        return answer.body().path(kind).path("id").asString();
    }

    private RestClient.Answer send(String method, String path, String token, String body, Map<String, String> headers) {
        try {
            var all = new HashMap<>(headers);
            if (!token.isEmpty()) {
                all.put("X-Auth-Token", token);
            }
            JsonNode json = body.isEmpty() ? null : JsonMapper.shared().readTree(body);
            return HTTP.send(method, url() + path, all, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
