package io.isospin.server.policy;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Resource;
import io.isospin.server.identity.Caller;
import io.isospin.server.rbac.Shares;
import io.isospin.server.store.Lookup;
import io.isospin.server.store.Query.Condition;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What there is for a caller at all, before any rule is asked: its project's things, and what is shared with it. */
final class Reach {
    private Reach() {}

    /** What lists of the caller are narrowed to. */
    static List<Condition> conditions(Resource resource, Caller caller) {
        return all(resource, caller) ? List.of() : List.of(new Condition.VisibleTo(caller.project()));
    }

    static boolean has(Lookup view, Resource resource, Caller caller, ObjectNode document) {
        String project = caller.project();
        if (all(resource, caller)
                || (!project.isEmpty() && text(document, "project_id").equals(project))) {
            return true;
        }
        String network = text(document, "network_id");
        if (resource.equals(SUBNET)) {
            return Shares.isShared(view, NETWORK, network, project);
        }
        if (resource.equals(PORT)) {
            return view.get(NETWORK, network)
                    .filter(one -> !project.isEmpty() && text(one, "project_id").equals(project))
                    .isPresent();
        }
        return Shares.isVisible(view, resource, id(document), project);
    }

    private static boolean all(Resource resource, Caller caller) {
        return caller.isAdmin() || caller.isService() || !resource.attributes().containsKey("project_id");
    }
}
