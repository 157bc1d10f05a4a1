package io.isospin.server.identity;

/** Finds out who sends a request. */
@FunctionalInterface
public interface Authenticator {
    /** @throws io.isospin.server.api.ApiError 401 where nobody can be recognised */
    Caller authenticate(Credentials credentials);
}
