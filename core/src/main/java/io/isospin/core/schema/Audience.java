package io.isospin.core.schema;

/** Who may see or set an attribute, beyond being allowed to see or change the resource. */
public enum Audience {
    /** Whoever may see or change the resource. */
    ANYONE,
    /** The project that owns the port's network, a service, or an administrator. */
    NETWORK_OWNER,
    /** Another OpenStack service, or an administrator. */
    SERVICE,
    ADMIN
}
