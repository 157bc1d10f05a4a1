package io.isospin.server.api;

/** HTTP 410: it was there, and is no more. */
public final class Gone extends ApiError {
    public Gone(String type, String message) {
        super(410, type, message);
    }
}
