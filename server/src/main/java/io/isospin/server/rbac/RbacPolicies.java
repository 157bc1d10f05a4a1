package io.isospin.server.rbac;

import static io.isospin.core.schema.Catalogue.NETWORK;
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
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides about RBAC entries, and about the flags of the object that an entry changes. */
public final class RbacPolicies implements Endpoint {

    @Override
    public Resource resource() {
        return RBAC_POLICY;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        var resource = type(text(values, "object_type"));
        String object = text(values, "object_id");
        String action = text(values, "action");
        String target = text(values, "target_tenant");
        var actions = resource.equals(NETWORK) ? List.of(Shares.SHARED, Shares.EXTERNAL) : List.of(Shares.SHARED);
        if (!actions.contains(action)) {
            throw RbacErrors.noSuchAction(action, resource, actions);
        }
        var shared = shared(view, resource, object);
        refuseStrangers(view, caller, resource, shared);
        if (Shares.entry(view, object, action, target).isPresent()) {
            throw RbacErrors.duplicate();
        }
        var entry = Documents.created(RBAC_POLICY, values, view.now());
        var changes = new ArrayList<Change>();
        boolean decisive = action.equals(Shares.EXTERNAL) || isEveryone(target);
        // The flag first: whoever comes to see the object by the entry sees it as it then is.
        changes.addAll(flagged(view, resource, shared, action, decisive, true));
        changes.add(new Change.Insert(RBAC_POLICY, entry));
        return new Decision<>(changes, entry);
    }

    private static Resource type(String name) {
        return Shares.resources().stream()
                .filter(resource -> resource.member().equals(name))
                .findFirst()
                .orElseThrow(() -> RbacErrors.noSuchType(name));
    }

    private static ObjectNode shared(View view, Resource resource, String object) {
        return view.get(resource, object).orElseThrow(() -> RbacErrors.unknown(resource, object));
    }

    private static void refuseStrangers(View view, Caller caller, Resource resource, ObjectNode object) {
        if (!caller.isAdmin() && !text(object, "project_id").equals(caller.project())) {
            throw Shares.isVisible(view, resource, id(object), caller.project())
                    ? RbacErrors.notTheirs(resource)
                    : RbacErrors.unknown(resource, id(object));
        }
    }

    private static boolean isEveryone(String target) {
        return target.equals(Shares.EVERYONE);
    }

    /** What an entry that comes, or goes, makes of its object: the flag where it bears on that, and a new revision. */
    private static List<Change> flagged(
            View view, Resource resource, ObjectNode object, String action, boolean decisive, boolean is) {
        String flag = action.equals(Shares.EXTERNAL) ? "router:external" : "shared";
        var next = object.deepCopy();
        if (decisive && flag(object, flag) != is) {
            next.set(flag, BooleanNode.valueOf(is));
        }
        if (resource.equals(NETWORK)) {
            next.put("revision_number", object.path("revision_number").asInt(0) + 1);
            next.put("updated_at", view.now().toString());
        }
        return next.equals(object) ? List.of() : List.of(Change.Update.of(resource, object, next));
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        String before = text(current, "target_tenant");
        if (!values.has("target_tenant") || text(values, "target_tenant").equals(before)) {
            return Decision.nothing(current);
        }
        String after = text(values, "target_tenant");
        var resource = type(text(current, "object_type"));
        String action = text(current, "action");
        var object = shared(view, resource, text(current, "object_id"));
        refuseStrangers(view, caller, resource, object);
        if (!isEveryone(after) || resource.equals(NETWORK)) {
            refuseLoss(view, resource, object, current);
        }
        if (Shares.entry(view, id(object), action, after).isPresent()) {
            throw RbacErrors.duplicate();
        }
        var next = current.deepCopy().put("target_tenant", after);
        var changes = new ArrayList<Change>();
        changes.add(Change.Update.of(RBAC_POLICY, current, next));
        boolean decisive = action.equals(Shares.SHARED) && (isEveryone(before) || isEveryone(after));
        changes.addAll(flagged(view, resource, object, action, decisive, isEveryone(after)));
        return new Decision<>(changes, next);
    }

    private static void refuseLoss(View view, Resource resource, ObjectNode object, ObjectNode entry) {
        String target = text(entry, "target_tenant");
        if (text(entry, "action").equals(Shares.SHARED) && Users.depend(view, resource, object, target)) {
            throw RbacErrors.inUse(
                    id(object), resource.equals(NETWORK) ? RbacErrors.unsharable(id(object)) : "project_id=" + target);
        }
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var resource = type(text(current, "object_type"));
        var object = shared(view, resource, text(current, "object_id"));
        String action = text(current, "action");
        refuseLoss(view, resource, object, current);
        boolean decisive = isEveryone(text(current, "target_tenant"));
        if (action.equals(Shares.EXTERNAL)) {
            decisive = Shares.of(view, id(object)).stream()
                    .noneMatch(entry ->
                            text(entry, "action").equals(action) && !id(entry).equals(id(current)));
            if (decisive) {
                Sharing.refuseGateways(view, object);
            }
        }
        var changes = new ArrayList<Change>();
        changes.add(new Change.Delete(RBAC_POLICY, current));
        changes.addAll(flagged(view, resource, object, action, decisive, false));
        return new Decision<>(changes, current);
    }
}
