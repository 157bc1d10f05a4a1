package io.isospin.server.api;

/** HTTP 401: no token, or not a good one. */
public final class NotAuthorized extends ApiError {
    public NotAuthorized(String type, String message) {
        super(401, type, message);
    }
}
