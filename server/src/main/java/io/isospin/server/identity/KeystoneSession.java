package io.isospin.server.identity;

import io.isospin.server.api.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The server's own standing with Keystone: a token of its service user, renewed before it ends, and its catalogue. */
public final class KeystoneSession {
    private static final Duration EARLY = Duration.ofSeconds(60);

    private final KeystoneConfig config;
    private final RestClient http;
    private @Nullable Issued issued;

    public KeystoneSession(KeystoneConfig config) {
        this.config = config;
        this.http = new RestClient(config.tls());
    }

    private record Issued(String token, Instant expires, JsonNode catalog) {}

    String url() {
        return config.url();
    }

    /** Speaks to Keystone and to the services of its catalogue as the section says. */
    public RestClient http() {
        return http;
    }

    /** @throws Unavailable where Keystone cannot be reached, or does not know the service user */
    public String token() {
        return issued().token();
    }

    /** The address of a service in the catalogue, in the configured region. */
    public Optional<String> endpoint(String type) {
        for (var service : issued().catalog()) {
            if (!service.path("type").asString().equals(type)) {
                continue;
            }
            for (var endpoint : service.path("endpoints")) {
                boolean here = config.region().isEmpty()
                        || endpoint.path("region").asString("").equals(config.region());
                if (here && !endpoint.path("interface").asString().equals("admin")) {
                    return Optional.of(endpoint.path("url").asString());
                }
            }
        }
        return Optional.empty();
    }

    /** A token that was refused is not used again. */
    public synchronized void forget() {
        issued = null;
    }

    private synchronized Issued issued() {
        if (issued == null || Instant.now().plus(EARLY).isAfter(issued.expires())) {
            issued = issue();
        }
        return issued;
    }

    private Issued issue() {
        var auth = JsonNodeFactory.instance.objectNode();
        var identity = auth.putObject("auth").putObject("identity");
        identity.putArray("methods").add("password");
        identity.putObject("password")
                .putObject("user")
                .put("name", config.user())
                .put("password", config.password())
                .putObject("domain")
                .put(config.userDomain().key(), config.userDomain().value());
        auth.withObject("/auth/scope/project")
                .put("name", config.project())
                .putObject("domain")
                .put(config.projectDomain().key(), config.projectDomain().value());
        String target = config.url() + "/auth/tokens";
        try {
            var answer = http.send("POST", target, Map.of(), auth);
            if (answer.status() != 201) {
                throw new Unavailable(
                        "ServiceUnavailable",
                        "Keystone at " + config.url() + " does not let user '" + config.user() + "' of project '"
                                + config.project() + "' in (HTTP " + answer.status()
                                + "): see to the user name and password in neutron.conf.");
            }
            var token = answer.body().path("token");
            return new Issued(
                    answer.header("X-Subject-Token").orElse(""),
                    Instant.parse(token.path("expires_at").asString()),
                    token.path("catalog"));
        } catch (IOException e) {
            throw unreachable(config.url(), e);
        }
    }

    public static Unavailable unreachable(String url, IOException e) {
        return new Unavailable(
                "ServiceUnavailable",
                "Keystone cannot be reached at " + url + " (" + e.getMessage()
                        + "): see to auth_url in neutron.conf, and whether Keystone runs.");
    }
}
