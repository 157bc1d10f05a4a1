package io.isospin.core.schema;

/** A request that the schema refuses, with HTTP 400; type and message are Neutron's. */
public final class InvalidRequest extends RuntimeException {
    private final String type;

    /** Of type {@code HTTPBadRequest}. */
    public InvalidRequest(String message) {
        this("HTTPBadRequest", message);
    }

    public InvalidRequest(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    public String type() {
        return type;
    }
}
