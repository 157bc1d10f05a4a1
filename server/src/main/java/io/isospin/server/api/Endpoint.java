package io.isospin.server.api;

import io.isospin.core.schema.Resource;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.View;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is a resource's own about creating, changing and deleting it. Each method decides from the view, answers with
 * the document and the changes that make it so, and touches nothing. Who may is decided before.
 */
public interface Endpoint {
    Resource resource();

    /** {@code values}: the body in canonical form, with initial values. */
    Decision<ObjectNode> create(View view, Caller caller, ObjectNode values);

    /** {@code values}: the attributes to set, in canonical form. */
    Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values);

    Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current);

    /** Whether clients create them. */
    default boolean creates() {
        return true;
    }

    /** Whether clients change and delete them. */
    default boolean changes() {
        return true;
    }

    /** A query in terms of what is stored. */
    default Query stored(View view, Query query) {
        return query;
    }

    /** Whether answers show more than is stored. */
    default boolean completes() {
        return false;
    }

    /** A stored document with what answers show beside. */
    default ObjectNode completed(View view, ObjectNode document) {
        return document;
    }
}
