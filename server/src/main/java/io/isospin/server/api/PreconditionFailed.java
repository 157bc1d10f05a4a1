package io.isospin.server.api;

/** HTTP 412: the resource has changed since the client read it. */
public final class PreconditionFailed extends ApiError {
    public PreconditionFailed(String type, String message) {
        super(412, type, message);
    }
}
