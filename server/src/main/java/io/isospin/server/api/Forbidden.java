package io.isospin.server.api;

/** HTTP 403: policy says no. */
public final class Forbidden extends ApiError {
    public Forbidden(String type, String message) {
        super(403, type, message);
    }

    public static Forbidden policy(String rule) {
        return new Forbidden("PolicyNotAuthorized", rule + " is disallowed by policy");
    }
}
