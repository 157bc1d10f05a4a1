package io.isospin.server.store;

import io.isospin.core.schema.Resource;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of the change log.
 *
 * @param detail for an update, the old values of what changed; for a deletion, the whole document; else empty
 */
public record Logged(long revision, Resource resource, String id, Kind kind, ObjectNode detail) {
    /** What happened to the resource. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
