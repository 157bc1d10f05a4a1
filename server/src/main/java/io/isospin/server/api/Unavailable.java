package io.isospin.server.api;

/** HTTP 503: what is needed has run out or is away. */
public final class Unavailable extends ApiError {
    public Unavailable(String type, String message) {
        super(503, type, message);
    }
}
