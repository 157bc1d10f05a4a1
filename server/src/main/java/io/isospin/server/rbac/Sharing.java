package io.isospin.server.rbac;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.RBAC_POLICY;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Resource;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * An endpoint whose resource can be shared: the flags {@code shared} and {@code router:external} stand for an RBAC entry
 * for everyone, which comes and goes with them.
 */
public final class Sharing implements Endpoint {
    private static final Map<String, String> FLAGS =
            Map.of("shared", Shares.SHARED, "router:external", Shares.EXTERNAL);
    private static final String GATEWAY = "network:router_gateway";

    private final Endpoint inner;

    public Sharing(Endpoint inner) {
        this.inner = inner;
    }

    @Override
    public Resource resource() {
        return inner.resource();
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        var decision = inner.create(view, caller, values);
        var changes = new ArrayList<>(decision.changes());
        FLAGS.forEach((flag, action) -> {
            if (flag(decision.answer(), flag)) {
                changes.add(entry(view, decision.answer(), action));
            }
        });
        return new Decision<>(changes, decision.answer());
    }

    private Change entry(View view, ObjectNode object, String action) {
        var values = JsonNodeFactory.instance
                .objectNode()
                .put("object_type", resource().member())
                .put("object_id", id(object))
                .put("target_tenant", Shares.EVERYONE)
                .put("tenant_id", text(object, "project_id"))
                .put("project_id", text(object, "project_id"))
                .put("action", action);
        return new Change.Insert(RBAC_POLICY, Documents.created(RBAC_POLICY, values, view.now()));
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var decision = inner.update(view, caller, current, values);
        var changes = new ArrayList<>(decision.changes());
        FLAGS.forEach((flag, action) -> {
            boolean is = flag(decision.answer(), flag);
            if (is && !flag(current, flag)) {
                changes.add(entry(view, current, action));
            } else if (!is && flag(current, flag)) {
                changes.addAll(withdrawn(view, current, action));
            }
        });
        return new Decision<>(changes, decision.answer());
    }

    /** A flag that goes takes the entry for everyone along, and {@code router:external} those for single projects too. */
    private List<Change> withdrawn(View view, ObjectNode object, String action) {
        boolean external = action.equals(Shares.EXTERNAL);
        if (external) {
            refuseGateways(view, object);
        } else if (resource().equals(NETWORK)) {
            if (Users.remain(view, object)) {
                throw RbacErrors.usedByOthers(text(object, "name"));
            }
        } else if (Users.depend(view, resource(), object, Shares.EVERYONE)) {
            throw RbacErrors.inUse(id(object), "project_id=" + Shares.EVERYONE);
        }
        return Shares.of(view, id(object)).stream()
                .filter(entry -> text(entry, "action").equals(action)
                        && (external || text(entry, "target_tenant").equals(Shares.EVERYONE)))
                .<Change>map(entry -> new Change.Delete(RBAC_POLICY, entry))
                .toList();
    }

    static void refuseGateways(View view, ObjectNode network) {
        var gateways = Query.where(
                        new Condition.In(
                                PORT.attribute("network_id").orElseThrow(), List.of(StringNode.valueOf(id(network)))),
                        new Condition.In(
                                PORT.attribute("device_owner").orElseThrow(), List.of(StringNode.valueOf(GATEWAY))))
                .limit(1);
        if (!view.texts(PORT, gateways).isEmpty()) {
            throw RbacErrors.hasGateways(id(network));
        }
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var decision = inner.delete(view, caller, current);
        var changes = new ArrayList<>(decision.changes());
        Shares.of(view, id(current)).forEach(entry -> changes.add(new Change.Delete(RBAC_POLICY, entry)));
        return new Decision<>(changes, decision.answer());
    }
}
