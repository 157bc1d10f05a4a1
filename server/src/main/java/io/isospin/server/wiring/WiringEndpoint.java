package io.isospin.server.wiring;

import static io.isospin.core.schema.Wiring.WIRING;

import io.isospin.core.schema.Resource;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Decision;
import io.isospin.server.store.View;
import tools.jackson.databind.node.ObjectNode;

/** Wirings are read only: they come with what agents report, and go with it. */
public final class WiringEndpoint implements Endpoint {
    @Override
    public Resource resource() {
        return WIRING;
    }

    @Override
    public boolean creates() {
        return false;
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        throw new MethodNotAllowed();
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        throw new MethodNotAllowed();
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        throw new MethodNotAllowed();
    }
}
