package io.isospin.server.identity;

import io.isospin.server.api.NotAuthorized;
import io.isospin.server.api.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code auth_strategy = keystone}: a token is what Keystone says of it, for as long as it may be remembered. */
public final class KeystoneTokens implements Authenticator {
    private static final int REMEMBERED = 10_000;

    private final KeystoneSession session;
    private final Duration keep;
    private final Map<String, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** {@code keep}: the {@code token_cache_time} setting. */
    public KeystoneTokens(KeystoneSession session, Duration keep) {
        this.session = session;
        this.keep = keep;
    }

    private record Known(Caller caller, Instant until) {}

    @Override
    public Caller authenticate(Credentials credentials) {
        String token = credentials.apply("X-Auth-Token").orElseThrow(KeystoneTokens::refused);
        synchronized (known) {
            var found = known.get(token);
            if (found != null && Instant.now().isBefore(found.until())) {
                return found.caller();
            }
        }
        var valid = validate(token, true);
        synchronized (known) {
            known.put(token, valid);
        }
        return valid.caller();
    }

    private Known validate(String token, boolean again) {
        RestClient.Answer answer;
        try {
            answer = RestClient.send(
                    "GET",
                    session.url() + "/auth/tokens",
                    Map.of("X-Auth-Token", session.token(), "X-Subject-Token", token),
                    null);
        } catch (IOException e) {
            throw KeystoneSession.unreachable(session.url(), e);
        }
        return switch (answer.status()) {
            case 200 -> known(answer.body().path("token"));
            case 404 -> throw refused();
            case 401 -> {
                // The server's own token may have been revoked: once more with a new one.
                session.forget();
                if (!again) {
                    throw refused();
                }
                yield validate(token, false);
            }
            default ->
                throw new Unavailable(
                        "ServiceUnavailable",
                        "Keystone at " + session.url() + " answered HTTP " + answer.status()
                                + " when asked about a token.");
        };
    }

    private Known known(JsonNode token) {
        var expires = Instant.parse(token.path("expires_at").asString());
        var until = Instant.now().plus(keep);
        var roles = token.path("roles")
                .valueStream()
                .map(role -> role.path("name").asString().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        var caller = Caller.of(
                token.path("user").path("id").asString(""),
                token.path("project").path("id").asString(""),
                roles,
                Set.of(),
                Map.of());
        return new Known(caller, expires.isBefore(until) ? expires : until);
    }

    private static NotAuthorized refused() {
        return new NotAuthorized("Unauthorized", "The request you have made requires authentication.");
    }
}
