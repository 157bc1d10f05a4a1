package io.isospin.server.identity;

import java.time.Instant;
import java.util.Optional;

/** Finds out who sends a request. */
@FunctionalInterface
public interface Authenticator {
    /** @throws io.isospin.server.api.ApiError 401 where nobody can be recognised */
    Caller authenticate(Credentials credentials);

    /** Until when credentials that are good now are good at most; empty where they do not run out. */
    default Optional<Instant> expiry(Credentials credentials) {
        return Optional.empty();
    }
}
