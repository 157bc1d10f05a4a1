package io.isospin.server.store;

import io.isospin.core.schema.Resource;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of the change log.
 *
 * @param detail for an update, the old values of what changed; for a deletion, the whole document; for a host's answer,
 *     the answer; else empty
 * @param network which it concerns, empty for none
 * @param at when it was decided; the epoch where it was logged by a version that did not keep it
 */
public record Logged(
        long revision,
        Resource resource,
        String id,
        Kind kind,
        ObjectNode detail,
        String network,
        Origin origin,
        Instant at) {
    /** What happened to the resource. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
