package io.isospin.server.rbac;

import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Projects that use what another shares with them, and so must not lose it. */
final class Users {
    private static final String NETWORK_OWNED = "network:";
    /** Each collection of what can be shared: the collection of what uses it, and how that names it. */
    private static final Map<String, Use> USES = Map.of(
            "networks", new Use("ports", "network_id"),
            "subnetpools", new Use("subnets", "subnetpool_id"),
            "address_scopes", new Use("subnetpools", "address_scope_id"));

    private Users() {}

    private record Use(String collection, String attribute) {}

    /** Whether a project would lose what it uses, were the entry that shares the object with {@code target} gone. */
    static boolean depend(View view, Resource resource, ObjectNode object, String target) {
        var entries = Shares.of(view, id(object)).stream()
                .filter(entry -> text(entry, "action").equals(Shares.SHARED))
                .map(entry -> text(entry, "target_tenant"))
                .toList();
        if (target.equals(text(object, "project_id"))) {
            return false;
        }
        if (!target.equals(Shares.EVERYONE)) {
            return !entries.contains(Shares.EVERYONE) && using(view, resource, object, of(target));
        }
        return using(view, resource, object, notOf(allowed(object, entries)));
    }

    /** Whether a network that ends being shared with all has ports or subnets of projects it is not shared with. */
    static boolean remain(View view, ObjectNode network) {
        var targets = Shares.of(view, id(network)).stream()
                .filter(entry -> text(entry, "action").equals(Shares.SHARED))
                .map(entry -> text(entry, "target_tenant"))
                .toList();
        var strangers = notOf(allowed(network, targets));
        return Stream.of(Catalogue.PORT, Catalogue.SUBNET)
                .flatMap(resource ->
                        view
                                .list(
                                        resource,
                                        Query.where(names(resource, "network_id", network), strangers.on(resource)))
                                .stream())
                .anyMatch(one -> !text(one, "device_owner").startsWith(NETWORK_OWNED));
    }

    private static List<String> allowed(ObjectNode object, Collection<String> targets) {
        var allowed = new ArrayList<String>();
        allowed.add(text(object, "project_id"));
        targets.stream().filter(target -> !target.equals(Shares.EVERYONE)).forEach(allowed::add);
        return allowed;
    }

    /** A condition on the project that owns something. */
    @FunctionalInterface
    private interface OwnedBy {
        Condition on(Resource resource);
    }

    private static OwnedBy of(String project) {
        return resource -> new Condition.In(owner(resource), List.of(StringNode.valueOf(project)));
    }

    private static OwnedBy notOf(List<String> projects) {
        List<JsonNode> values =
                projects.stream().<JsonNode>map(StringNode::valueOf).toList();
        return resource -> new Condition.NotIn(owner(resource), values);
    }

    private static Attribute owner(Resource resource) {
        return resource.attribute("project_id").orElseThrow();
    }

    private static boolean using(View view, Resource resource, ObjectNode object, OwnedBy owners) {
        var use = USES.get(resource.collection());
        return use != null
                && user(use)
                        .filter(user -> !view.texts(
                                        user,
                                        Query.where(names(user, use.attribute(), object), owners.on(user))
                                                .limit(1))
                                .isEmpty())
                        .isPresent();
    }

    private static Optional<Resource> user(Use use) {
        return Catalogue.ALL.stream()
                .filter(resource -> resource.collection().equals(use.collection()))
                .findFirst();
    }

    private static Condition names(Resource user, String attribute, ObjectNode object) {
        return new Condition.In(user.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(id(object))));
    }
}
