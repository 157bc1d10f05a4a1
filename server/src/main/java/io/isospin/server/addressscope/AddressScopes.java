package io.isospin.server.addressscope;

import static io.isospin.core.schema.Catalogue.ADDRESS_SCOPE;
import static io.isospin.core.schema.Catalogue.SUBNETPOOL;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Decides about address scopes. */
public final class AddressScopes implements Endpoint {
    @Override
    public Resource resource() {
        return ADDRESS_SCOPE;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        var document = Documents.created(ADDRESS_SCOPE, values, view.now());
        return new Decision<>(List.of(new Change.Insert(ADDRESS_SCOPE, document)), document);
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        if (flag(current, "shared") && values.has("shared") && !flag(values, "shared")) {
            throw new BadRequest(
                    "AddressScopeUpdateError",
                    "Unable to update address scope " + id(current) + " : Shared address scope can't be unshared.");
        }
        var updates = Documents.updated(ADDRESS_SCOPE, current, values, view.now());
        return new Decision<>(updates, Documents.after(updates, current));
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var inScope = new Condition.In(
                SUBNETPOOL.attribute("address_scope_id").orElseThrow(), List.of(StringNode.valueOf(id(current))));
        if (!view.list(SUBNETPOOL, Query.where(inScope).limit(1)).isEmpty()) {
            throw new Conflict(
                    "AddressScopeInUse",
                    "Unable to complete operation on address scope " + id(current)
                            + ". There are one or more subnet pools in use on the address scope.");
        }
        return new Decision<>(List.of(new Change.Delete(ADDRESS_SCOPE, current)), current);
    }
}
