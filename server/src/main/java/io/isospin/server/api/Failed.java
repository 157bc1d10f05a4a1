package io.isospin.server.api;

/** HTTP 500 with a text of its own: refusals that Neutron maps to no other status. */
public final class Failed extends ApiError {
    public Failed(String type, String message) {
        super(500, type, message);
    }
}
