package io.isospin.server.api;

/** HTTP 405: the path exists, the method does not. */
public final class MethodNotAllowed extends ApiError {
    public MethodNotAllowed() {
        super(405, "HTTPMethodNotAllowed", "The method is not allowed for this resource.");
    }
}
