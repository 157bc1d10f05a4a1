package io.isospin.server.api;

/** HTTP 409: the state of things does not allow it. */
public final class Conflict extends ApiError {
    public Conflict(String type, String message) {
        super(409, type, message);
    }
}
