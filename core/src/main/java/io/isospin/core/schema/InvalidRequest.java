package io.isospin.core.schema;

/** A request that the schema refuses: HTTP 400, type {@code HTTPBadRequest}; the message is Neutron's. */
public final class InvalidRequest extends RuntimeException {
    public InvalidRequest(String message) {
        super(message, null, false, false);
    }
}
