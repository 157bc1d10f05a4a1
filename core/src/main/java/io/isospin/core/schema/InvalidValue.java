package io.isospin.core.schema;

/** A value that an attribute does not take; the message is the reason in neutron-lib's words. */
public final class InvalidValue extends RuntimeException {
    public InvalidValue(String reason) {
        super(reason, null, false, false);
    }
}
