package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.lab.Cloud;
import io.isospin.lab.compute.keypair.PublicKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeypairsTest extends OnCloud {
    /** What ssh-keygen made; the MD5 is that of {@code ssh-keygen -l -E md5}. */
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8PbPKOXvHVZpBVx5uYMkPJ9cMF7mTjJ1jp5sYQyVwJ me@here";

    @TempDir
    private Path directory;

    @Test
    void a_key_is_imported_shown_with_its_fingerprint_and_deleted() throws Exception {
        var made = asked(
                "demo", "POST", "/os-keypairs", "{\"keypair\":{\"name\":\"k\",\"public_key\":\"" + KEY + "\"}}", 10);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var key = Cloud.json(made).path("keypair");
        assertThat(key.path("fingerprint").asString()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(key.has("private_key")).isFalse();
        assertThat(asked("demo", "POST", "/os-keypairs", "{\"keypair\":{\"name\":\"k\"}}", 10)
                        .body())
                .contains("Key pair 'k' already exists.");
        assertThat(Cloud.json(call("GET", "/os-keypairs", "")).path("keypairs")).hasSize(1);
        assertThat(call("GET", "/os-keypairs/k", "").body()).contains(KEY);
        String user = cloud.directory.user("demo").orElseThrow().id();
        assertThat(asked("admin", "GET", "/os-keypairs/k?user_id=" + user, "", 10)
                        .statusCode())
                .isEqualTo(200);
        assertThat(asked("admin", "GET", "/os-keypairs/k", "", 10).statusCode()).isEqualTo(404);
        assertThat(asked("demo", "DELETE", "/os-keypairs/k", "", 10).statusCode())
                .isEqualTo(204);
        assertThat(call("GET", "/os-keypairs/k", "").body()).contains("Keypair k not found for user " + user);
    }

    @Test
    void what_is_no_key_is_refused() throws Exception {
        for (var text : new String[] {"hello", "ssh-rsa", "ssh-rsa AAAA", "ssh-rsa " + KEY.split(" ")[1]}) {
            var response =
                    call("POST", "/os-keypairs", "{\"keypair\":{\"name\":\"k\",\"public_key\":\"" + text + "\"}}");
            assertThat(response.statusCode()).as(text).isEqualTo(400);
            assertThat(response.body()).contains("Keypair data is invalid: failed to generate fingerprint");
        }
        assertThat(boot("a", onNetwork(), ",\"key_name\":\"k\"").body()).contains("Invalid key_name provided.");
    }

    @Test
    void a_generated_pair_belongs_together_and_openssh_reads_it() throws Exception {
        var key = Cloud.json(call("POST", "/os-keypairs", "{\"keypair\":{\"name\":\"k\"}}"))
                .path("keypair");
        Path file = Files.writeString(
                directory.resolve("key"), key.path("private_key").asString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String publicKey = key.path("public_key").asString();
        assertThat(key.path("fingerprint").asString())
                .isEqualTo(PublicKey.read(publicKey).orElseThrow().fingerprint());
        var process = new ProcessBuilder("ssh-keygen", "-y", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String derived = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(derived).startsWith(publicKey.substring(0, publicKey.lastIndexOf(' ')));
    }

    @Test
    void a_certificate_is_a_key_of_its_own_type() throws Exception {
        Path file = directory.resolve("certificate");
        run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=me -days 2 -out "
                + file);
        String pem = Files.readString(file).strip();
        String body =
                "{\"keypair\":{\"name\":\"c\",\"type\":\"x509\",\"public_key\":\"" + pem.replace("\n", "\\n") + "\"}}";
        var made = asked("demo", "POST", "/os-keypairs", body, 10);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var key = Cloud.json(made).path("keypair");
        assertThat(key.path("type").asString()).isEqualTo("x509");
        assertThat(run("x509 -noout -fingerprint -sha1 -in " + file))
                .containsIgnoringCase("=" + key.path("fingerprint").asString());
        assertThat(asked("demo", "POST", "/os-keypairs", body, 1).statusCode()).isEqualTo(400);
        assertThat(asked("demo", "POST", "/os-keypairs", "{\"keypair\":{\"name\":\"d\",\"type\":\"x509\"}}", 10)
                        .body())
                .contains("must be given as public_key");
        assertThat(asked("demo", "POST", "/os-keypairs", "{\"keypair\":{\"name\":\"d\",\"type\":\"pgp\"}}", 10)
                        .body())
                .contains("'pgp' is not one of ['ssh', 'x509']");
    }

    private static String run(String openssl) throws Exception {
        var words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(openssl.split(" ")));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
