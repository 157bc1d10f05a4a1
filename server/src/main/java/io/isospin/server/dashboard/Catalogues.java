package io.isospin.server.dashboard;

import io.isospin.server.api.NotAuthorized;
import io.isospin.server.api.Unavailable;
import io.isospin.server.identity.KeystoneSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where services are, as the catalogue in a token of a page's user says, remembered for a minute. */
final class Catalogues {
    private static final Duration KEEP = Duration.ofMinutes(1);
    private static final int REMEMBERED = 1_000;
    /** Within the cloud first: it is this server that asks. */
    private static final List<String> INTERFACES = List.of("internal", "public");

    private final String keystone;
    private final String region;
    private final Upstream upstream;
    private final Map<String, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** {@code keystone}: its address, with {@code /v3}; {@code region}: empty for any. */
    Catalogues(String keystone, String region, Upstream upstream) {
        this.keystone = keystone;
        this.region = region;
        this.upstream = upstream;
    }

    private record Known(JsonNode catalog, Instant until) {}

    /** The address of a service, without a slash at its end. */
    Optional<String> endpoint(String token, String type) {
        var catalog = catalog(token);
        return INTERFACES.stream()
                .flatMap(wanted -> catalog.valueStream()
                        .filter(service -> service.path("type").asString("").equals(type))
                        .flatMap(service -> service.path("endpoints").valueStream())
                        .filter(endpoint ->
                                endpoint.path("interface").asString("").equals(wanted))
                        .filter(endpoint -> region.isEmpty()
                                || endpoint.path("region").asString("").equals(region))
                        .map(endpoint -> endpoint.path("url").asString("")))
                .filter(url -> url.startsWith("http://") || url.startsWith("https://"))
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .findFirst();
    }

    private JsonNode catalog(String token) {
        synchronized (known) {
            var found = known.get(token);
            if (found != null && Instant.now().isBefore(found.until())) {
                return found.catalog();
            }
        }
        var catalog = asked(token);
        synchronized (known) {
            known.put(token, new Known(catalog, Instant.now().plus(KEEP)));
        }
        return catalog;
    }

    private JsonNode asked(String token) {
        try {
            var reply = upstream.send(
                    "GET",
                    keystone + "/auth/tokens",
                    Map.of("X-Auth-Token", token, "X-Subject-Token", token),
                    new byte[0]);
            if (reply.status() == 401 || reply.status() == 404) {
                throw new NotAuthorized("", "The request you have made requires authentication.");
            }
            if (reply.status() != 200) {
                throw new Unavailable(
                        "ServiceUnavailable",
                        "Keystone at " + keystone + " does not show the catalogue (HTTP " + reply.status() + ").");
            }
            return JsonMapper.shared().readTree(reply.body()).at("/token/catalog");
        } catch (IOException e) {
            throw KeystoneSession.unreachable(keystone, e);
        }
    }
}
