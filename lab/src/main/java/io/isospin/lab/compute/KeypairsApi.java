package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.keypair.Certificate;
import io.isospin.lab.compute.keypair.GeneratedKey;
import io.isospin.lab.compute.keypair.KeyPair;
import io.isospin.lab.compute.keypair.PublicKey;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Kept;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /os-keypairs}: each user's own; an administrator may name another user from 2.10 on. */
final class KeypairsApi {
    private static final int MOST_BYTES = 64 * 1024;

    private final Kept<KeyPair> keys;
    private final Quotas quotas;
    private final Clock clock;

    KeypairsApi(Kept<KeyPair> keys, Quotas quotas, Clock clock) {
        this.keys = keys;
        this.quotas = quotas;
        this.clock = clock;
    }

    void mount(Mount mount) {
        mount.on("GET", "/os-keypairs", this::list);
        mount.on("POST", "/os-keypairs", this::create);
        mount.on("GET", "/os-keypairs/{name}", this::show);
        mount.on("DELETE", "/os-keypairs/{name}", this::delete);
    }

    private Answer list(Asked asked) {
        String user = user(asked, asked.call().parameter("user_id").orElse(""), "index");
        var own = of(user);
        if (asked.version().from(35)) {
            String marker = asked.call().parameter("marker").orElse("");
            if (!marker.isEmpty()) {
                int at = own.stream().map(KeyPair::name).toList().indexOf(marker);
                if (at < 0) {
                    throw Refusal.badRequest("marker [" + marker + "] not found");
                }
                own = own.subList(at + 1, own.size());
            }
        }
        return Answer.ok(Json.object(
                "keypairs",
                Json.array(own.stream()
                        .map(key -> Json.object("keypair", brief(key, asked.version())))
                        .toList())));
    }

    private List<KeyPair> of(String user) {
        return keys.all().stream()
                .filter(key -> key.userId().equals(user))
                .sorted(Comparator.comparing(KeyPair::name))
                .toList();
    }

    private Answer create(Asked asked) {
        var body = asked.call().json().path("keypair");
        String name = body.path("name").asString("");
        if (name.isBlank() || name.length() > 255 || !name.matches("[\\p{Print}\\p{L}]+")) {
            throw Refusal.badRequest("Invalid input for field/attribute name. Value: " + name + ". '" + name
                    + "' does not have 1 to 255 printable characters");
        }
        String type = type(asked, body);
        String user = user(asked, body.path("user_id").asString(""), "create");
        String given = body.path("public_key").asString("");
        if (given.length() > MOST_BYTES) {
            throw Refusal.badRequest("Keypair data is invalid: it is longer than " + MOST_BYTES + " characters");
        }
        if (given.isEmpty() && type.equals(KeyPair.X509)) {
            throw Refusal.badRequest("The lab makes keys of type ssh only: a certificate must be given as public_key.");
        }
        var generated = given.isEmpty() ? GeneratedKey.make() : new GeneratedKey(given, "");
        String fingerprint = fingerprint(type, generated.publicKey());
        KeyPair key;
        synchronized (keys) {
            if (keys.find(KeyPair.id(user, name)).isPresent()) {
                throw Refusal.conflict("Key pair '" + name + "' already exists.");
            }
            quotas.requireKeyPair(asked.caller().projectId(), of(user).size());
            int last = keys.all().stream().mapToInt(KeyPair::number).max().orElse(0);
            key = new KeyPair(
                    last + 1,
                    user,
                    name,
                    type,
                    generated.publicKey(),
                    fingerprint,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS));
            keys.put(key);
        }
        var shown = brief(key, asked.version()).put("user_id", user);
        if (given.isEmpty()) {
            shown.put("private_key", generated.privateKey());
        }
        return Answer.json(asked.version().from(2) ? 201 : 200, Json.object("keypair", shown));
    }

    /** From 2.2 on there are two. */
    private static String type(Asked asked, JsonNode body) {
        if (body.has("type") && !asked.version().from(2)) {
            throw Refusal.badRequest("Invalid input for field/attribute keypair. Additional properties are not allowed"
                    + " ('type' was unexpected)");
        }
        String type = body.path("type").asString(KeyPair.SSH);
        if (!type.equals(KeyPair.SSH) && !type.equals(KeyPair.X509)) {
            throw Refusal.badRequest("Invalid input for field/attribute type. Value: " + type + ". '" + type
                    + "' is not one of ['ssh', 'x509']");
        }
        return type;
    }

    private static String fingerprint(String type, String publicKey) {
        return (type.equals(KeyPair.X509)
                        ? Certificate.read(publicKey).map(Certificate::fingerprint)
                        : PublicKey.read(publicKey).map(PublicKey::fingerprint))
                .orElseThrow(() -> Refusal.badRequest("Keypair data is invalid: failed to generate fingerprint"));
    }

    private Answer show(Asked asked) {
        var key = find(asked, "show");
        var shown = brief(key, asked.version())
                .put("id", key.number())
                .put("user_id", key.userId())
                .put("created_at", key.created().toString().replace("Z", ".000000"))
                .put("deleted", false)
                .putNull("deleted_at")
                .putNull("updated_at");
        return Answer.ok(Json.object("keypair", shown));
    }

    private Answer delete(Asked asked) {
        keys.remove(find(asked, "delete").id());
        return Answer.empty(asked.version().from(2) ? 204 : 202);
    }

    private KeyPair find(Asked asked, String action) {
        String user = user(asked, asked.call().parameter("user_id").orElse(""), action);
        String name = asked.call().variable("name");
        return keys.find(KeyPair.id(user, name))
                .orElseThrow(() -> Refusal.notFound("Keypair " + name + " not found for user " + user));
    }

    private static String user(Asked asked, String named, String action) {
        String self = asked.caller().user().id();
        if (named.isEmpty() || !asked.version().from(10) || named.equals(self)) {
            return self;
        }
        asked.requireAdmin("os-keypairs:" + action);
        return named;
    }

    private static ObjectNode brief(KeyPair key, Microversion version) {
        var node = Json.object()
                .put("name", key.name())
                .put("public_key", key.publicKey())
                .put("fingerprint", key.fingerprint());
        return version.from(2) ? node.put("type", key.type()) : node;
    }
}
