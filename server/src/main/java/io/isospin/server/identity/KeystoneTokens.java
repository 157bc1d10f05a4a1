package io.isospin.server.identity;

import io.isospin.server.api.NotAuthorized;
import io.isospin.server.api.Unavailable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code auth_strategy = keystone}: a token is what Keystone says of it, for as long as it may be remembered. A service that
 * passes a user's request on shows a token of its own beside the user's, which may then have expired meanwhile.
 */
public final class KeystoneTokens implements Authenticator {
    private static final System.Logger LOG = System.getLogger(KeystoneTokens.class.getName());
    private static final int REMEMBERED = 10_000;

    private final KeystoneSession session;
    private final TokenSettings settings;
    private final Map<String, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    public KeystoneTokens(KeystoneSession session, TokenSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    private record Known(Token token, Instant until) {}

    /** The tokens of a request; {@code outlived}: whether the user's may have expired, since a service passes it on. */
    private record Shown(Token user, @Nullable Token service, boolean outlived) {}

    @Override
    public Caller authenticate(Credentials credentials) {
        var shown = shown(credentials);
        return shown.user().caller(shown.service());
    }

    @Override
    public Optional<Instant> expiry(Credentials credentials) {
        var shown = shown(credentials);
        var decisive = shown.outlived() ? shown.service() : shown.user();
        return Optional.ofNullable(decisive).map(Token::expiry);
    }

    private Shown shown(Credentials credentials) {
        var service = header(credentials, "X-Service-Token").map(text -> token(text, false));
        boolean hasRole = service.filter(token -> !Collections.disjoint(token.roles(), settings.serviceRoles()))
                .isPresent();
        if (service.isPresent() && settings.serviceRolesRequired() && !hasRole) {
            throw refused();
        }
        var user = token(header(credentials, "X-Auth-Token").orElseThrow(KeystoneTokens::refused), hasRole);
        if (user.user().isEmpty()) {
            throw refused();
        }
        return new Shown(user, service.orElse(null), hasRole);
    }

    private static Optional<String> header(Credentials credentials, String name) {
        return credentials.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A token that is good, or good but for its time where {@code expired} ones are let in. */
    private Token token(String text, boolean expired) {
        var token = remembered(text).orElseGet(() -> asked(text, expired));
        if (!expired && token.hasExpired(Instant.now())) {
            throw refused();
        }
        return token;
    }

    private Optional<Token> remembered(String text) {
        synchronized (known) {
            return Optional.ofNullable(known.get(text))
                    .filter(found -> Instant.now().isBefore(found.until()))
                    .map(Known::token);
        }
    }

    private Token asked(String text, boolean expired) {
        try {
            var token = validated(text, expired, true);
            if (settings.keep().isPositive()) {
                synchronized (known) {
                    known.put(text, new Known(token, Instant.now().plus(settings.keep())));
                }
            }
            return token;
        } catch (Unavailable e) {
            LOG.log(Level.ERROR, "a token cannot be validated: " + e.text());
            throw new Unavailable("ServiceUnavailable", "The Keystone service is temporarily unavailable.");
        }
    }

    private Token validated(String text, boolean expired, boolean again) {
        RestClient.Answer answer;
        try {
            answer = session.http()
                    .send(
                            "GET",
                            session.url() + "/auth/tokens" + (expired ? "?allow_expired=1" : ""),
                            Map.of("X-Auth-Token", session.token(), "X-Subject-Token", text),
                            null);
        } catch (IOException e) {
            throw KeystoneSession.unreachable(session.url(), e);
        }
        if (answer.status() == 200) {
            return new Token(answer.body().path("token"));
        }
        if (answer.status() == 404) {
            throw refused();
        }
        if (answer.status() == 401 && again) {
            // The server's own token may have been revoked: once more with a new one.
            session.forget();
            return validated(text, expired, false);
        }
        throw new Unavailable(
                "ServiceUnavailable",
                "Keystone at " + session.url() + " answered HTTP " + answer.status() + " when asked about a token.");
    }

    private static NotAuthorized refused() {
        return new NotAuthorized("Unauthorized", "The request you have made requires authentication.");
    }
}
