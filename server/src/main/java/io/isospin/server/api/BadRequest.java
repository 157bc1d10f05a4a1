package io.isospin.server.api;

/** HTTP 400: the request itself is wrong. */
public final class BadRequest extends ApiError {
    public BadRequest(String type, String message) {
        super(400, type, message);
    }

    /** A request whose form is wrong. */
    public static BadRequest http(String message) {
        return new BadRequest("HTTPBadRequest", message);
    }

    /** Values that cannot be, in the words that Neutron puts before them. */
    public static BadRequest input(String message) {
        return new BadRequest("InvalidInput", "Invalid input for operation: " + message + ".");
    }

    /** A wrong use of a resource. */
    public static BadRequest of(String resource, String message) {
        return new BadRequest("BadRequest", "Bad " + resource + " request: " + message + ".");
    }
}
