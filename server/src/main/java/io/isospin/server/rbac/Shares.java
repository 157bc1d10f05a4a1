package io.isospin.server.rbac;

import static io.isospin.core.schema.Catalogue.RBAC_POLICY;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Lookup;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What RBAC entries there are; each question is a few steps down an index. */
public final class Shares {
    /** The target of an entry for every project. */
    public static final String EVERYONE = "*";

    public static final String SHARED = "access_as_shared";
    public static final String EXTERNAL = "access_as_external";

    private Shares() {}

    /** The resources that can be shared. */
    public static List<Resource> resources() {
        return Catalogue.ALL.stream().filter(Shares::canShare).toList();
    }

    static boolean canShare(Resource resource) {
        return resource.attribute("shared")
                .filter(attribute -> attribute.column() != null)
                .isPresent();
    }

    /** All entries of one object. */
    public static List<ObjectNode> of(Lookup view, String object) {
        return view.list(RBAC_POLICY, Query.where(in("object_id", object)));
    }

    static Optional<ObjectNode> entry(Lookup view, String object, String action, String target) {
        return view
                .list(
                        RBAC_POLICY,
                        Query.where(in("object_id", object), in("action", action), in("target_tenant", target)))
                .stream()
                .findFirst();
    }

    /** Whether the object is shared with a project, or with all. */
    public static boolean isShared(Lookup view, Resource resource, String object, String project) {
        return canShare(resource)
                && exists(view, in("object_id", object), in("action", SHARED), in("target_tenant", project, EVERYONE));
    }

    /** Whether an entry of any kind lets a project see the object. */
    public static boolean isVisible(Lookup view, Resource resource, String object, String project) {
        return canShare(resource) && exists(view, in("object_id", object), in("target_tenant", project, EVERYONE));
    }

    /** Whether the object is shared with the project by its name. */
    public static boolean isSharedByName(Lookup view, Resource resource, String object, String project) {
        return canShare(resource)
                && !project.isEmpty()
                && exists(view, in("object_id", object), in("action", SHARED), in("target_tenant", project));
    }

    /** The objects of a resource that are shared with a project by its name. */
    public static Set<String> sharedWith(Lookup view, Resource resource, String project) {
        if (!canShare(resource) || project.isEmpty()) {
            return Set.of();
        }
        var entries = view.list(
                RBAC_POLICY,
                Query.where(in("target_tenant", project), in("object_type", resource.member()), in("action", SHARED)));
        return entries.stream().map(entry -> text(entry, "object_id")).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean exists(Lookup view, Condition... conditions) {
        return !view.texts(RBAC_POLICY, Query.where(conditions).limit(1)).isEmpty();
    }

    private static Condition in(String attribute, String... values) {
        List<JsonNode> nodes =
                Arrays.stream(values).<JsonNode>map(StringNode::valueOf).toList();
        return new Condition.In(RBAC_POLICY.attribute(attribute).orElseThrow(), nodes);
    }
}
