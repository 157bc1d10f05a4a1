package io.isospin.server.policy;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Forbidden;
import io.isospin.server.api.NotFound;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Neutron's default rules: administrators may everything; a project its own things, and to see and use what is shared
 * with it; attributes say for themselves who sees and sets them.
 */
public final class Policy {
    /** What a list must be narrowed to. */
    public List<Condition> visible(Resource resource, Caller caller) {
        if (caller.isAdmin()) {
            return List.of();
        }
        if (!resource.attributes().containsKey("project_id")) {
            throw Forbidden.policy("rule:get_" + resource.member());
        }
        return List.of(new Condition.VisibleTo(caller.project()));
    }

    /** Whether the caller sees every attribute of what it sees. */
    public boolean seesAll(Resource resource, Caller caller) {
        return caller.isAdmin() || resource.allSeenByAnyone();
    }

    public boolean sees(View view, Resource resource, Caller caller, ObjectNode document) {
        if (caller.isAdmin() || owns(caller, document)) {
            return true;
        }
        if (resource.equals(Catalogue.NETWORK)) {
            return open(document);
        }
        if (document.path("shared").asBoolean(false)) {
            return true;
        }
        return network(view, document)
                .map(network -> resource.equals(Catalogue.SUBNET) ? open(network) : owns(caller, network))
                .orElse(false);
    }

    /** Refuses with 403 who may see a thing but not change it, with 404 who may not even see it. */
    public void mayChange(View view, Resource resource, String verb, Caller caller, ObjectNode document) {
        boolean may = caller.isAdmin() || owns(caller, document) || ownsNetwork(view, caller, document);
        if (may) {
            return;
        }
        if (sees(view, resource, caller, document)) {
            throw Forbidden.policy("rule:" + verb + "_" + resource.member());
        }
        throw NotFound.page();
    }

    /**
     * Refuses what the caller may not create.
     *
     * @param named the attributes that the client itself wrote
     */
    public void mayCreate(View view, Resource resource, Caller caller, ObjectNode values, ObjectNode named) {
        String action = "create_" + resource.member();
        if (caller.isAdmin()) {
            return;
        }
        if (!resource.attributes().containsKey("project_id")) {
            throw Forbidden.policy("rule:" + action);
        }
        if (!text(values, "project_id").equals(caller.project()) && !caller.isService()) {
            throw BadRequest.http("Specifying 'project_id' other than the authenticated project in request is not"
                    + " allowed for the current user.");
        }
        var network = network(view, values);
        if (values.has("network_id")) {
            String id = text(values, "network_id");
            var found = network.filter(one -> sees(view, Catalogue.NETWORK, caller, one))
                    .orElseThrow(() -> NotFound.of(Catalogue.NETWORK, id));
            boolean mayUse = owns(caller, found) || caller.isService();
            if (resource.equals(Catalogue.SUBNET) && !mayUse) {
                throw Forbidden.policy("rule:" + action);
            }
            if (resource.equals(Catalogue.PORT)
                    && !mayUse
                    && !found.path("shared").asBoolean(false)) {
                throw Forbidden.policy("rule:" + action);
            }
        }
        maySet(view, resource, "create", caller, named, values);
    }

    /** Refuses attributes that the caller may not set. */
    public void maySet(
            View view, Resource resource, String verb, Caller caller, ObjectNode given, ObjectNode document) {
        if (caller.isAdmin()) {
            return;
        }
        for (var name : given.propertyNames()) {
            var attribute = resource.attribute(name);
            if (attribute.isPresent() && !allowed(view, caller, attribute.get(), given, document)) {
                String action = verb + "_" + resource.member();
                throw Forbidden.policy("(rule:" + action + " and rule:" + action + ":" + name + ")");
            }
        }
    }

    private boolean allowed(View view, Caller caller, Attribute attribute, ObjectNode given, ObjectNode document) {
        // Saying what is the case anyway asks for no right.
        var value = given.path(attribute.name());
        if (attribute.initial() != null && attribute.initial().equals(value)) {
            return true;
        }
        if (attribute.name().equals("device_owner") && value.asString("").startsWith("network:")) {
            return caller.isService() || ownsNetwork(view, caller, document);
        }
        if (attribute.name().equals("fixed_ips")) {
            boolean namesAddress = value.valueStream().anyMatch(ip -> ip.has("ip_address"));
            return !namesAddress || caller.isService() || ownsNetwork(view, caller, document);
        }
        return switch (attribute.setBy()) {
            case ANYONE -> true;
            case NETWORK_OWNER -> caller.isService() || ownsNetwork(view, caller, document);
            case SERVICE -> caller.isService();
            case ADMIN -> false;
        };
    }

    private static boolean owns(Caller caller, ObjectNode document) {
        return !caller.project().isEmpty() && text(document, "project_id").equals(caller.project());
    }

    private static boolean ownsNetwork(View view, Caller caller, ObjectNode document) {
        return network(view, document).filter(network -> owns(caller, network)).isPresent();
    }

    private static Optional<ObjectNode> network(View view, ObjectNode document) {
        return document.has("network_id")
                ? view.get(Catalogue.NETWORK, text(document, "network_id"))
                : Optional.empty();
    }

    private static boolean open(ObjectNode network) {
        return network.path("shared").asBoolean(false)
                || network.path("router:external").asBoolean(false);
    }
}
