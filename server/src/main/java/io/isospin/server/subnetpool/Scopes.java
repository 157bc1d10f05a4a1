package io.isospin.server.subnetpool;

import static io.isospin.core.schema.Catalogue.ADDRESS_SCOPE;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpVersion;
import io.isospin.core.net.PrefixSet;
import io.isospin.server.api.Documents;
import io.isospin.server.api.NotFound;
import io.isospin.server.identity.Caller;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Change;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** How subnet pools go with address scopes, and networks with both. */
public final class Scopes {
    private final Policy policy;

    Scopes(Policy policy) {
        this.policy = policy;
    }

    /** The attribute of a network that names its scope. */
    static String attribute(IpVersion version) {
        return "ipv" + version.number() + "_address_scope";
    }

    private ObjectNode scope(View view, Caller caller, String id) {
        return view.get(ADDRESS_SCOPE, id)
                .filter(scope -> policy.sees(view, ADDRESS_SCOPE, caller, scope))
                .orElseThrow(() -> NotFound.of(ADDRESS_SCOPE, id));
    }

    /** Prefixes of a pool that come into a scope, where no other pool may have any of their addresses. */
    List<Change> enter(View view, Caller caller, Subnetpool pool, String scope, PrefixSet prefixes) {
        int version = scope(view, caller, scope).path("ip_version").asInt();
        if (version != pool.version().number()) {
            throw SubnetpoolErrors.scopeVersion(pool.id(), scope, version);
        }
        String set = Subnetpool.inScope(scope);
        if (prefixes.prefixes().stream().anyMatch(prefix -> view.overlaps(set, prefix))) {
            throw SubnetpoolErrors.scopePrefixes();
        }
        return prefixes.prefixes().stream()
                .<Change>map(prefix -> new Change.Cover(set, prefix))
                .toList();
    }

    static Stream<Change> leave(String scope, PrefixSet prefixes) {
        return scope.isEmpty()
                ? Stream.of()
                : prefixes.prefixes().stream().map(prefix -> new Change.Uncover(Subnetpool.inScope(scope), prefix));
    }

    /** Refuses to change a pool in a scope that is only shared with the caller. */
    void mayLeave(View view, Caller caller, Subnetpool pool) {
        boolean own = caller.isAdmin()
                || view.get(ADDRESS_SCOPE, pool.scope())
                        .filter(scope -> text(scope, "project_id").equals(caller.project()))
                        .isPresent();
        if (!own) {
            throw SubnetpoolErrors.update("subnetpool " + pool.id()
                    + " cannot be updated when associated with shared address scope " + pool.scope());
        }
    }

    /** The networks with subnets of a pool whose scope becomes another: no other pool's subnets may be there. */
    List<Change> rescope(View view, Subnetpool pool, String scope) {
        var networks = new TreeSet<String>();
        view.list(SUBNET, Query.where(is("subnetpool_id", pool.id())))
                .forEach(subnet -> networks.add(text(subnet, "network_id")));
        var changes = new ArrayList<Change>();
        for (var id : networks) {
            boolean mixed = view.list(SUBNET, Query.where(is("network_id", id))).stream()
                    .anyMatch(subnet -> version(subnet) == pool.version()
                            && !text(subnet, "subnetpool_id").equals(pool.id()));
            if (mixed && !scope.isEmpty()) {
                throw SubnetpoolErrors.scopeAffinity();
            }
            view.get(NETWORK, id).ifPresent(network -> changes.addAll(enters(view, network, pool.version(), scope)));
        }
        return changes;
    }

    static List<Change> enters(View view, ObjectNode network, IpVersion version, String scope) {
        return Documents.updated(NETWORK, network, scoped(version, scope), view.now());
    }

    /** The attribute that says so of a network. */
    public static ObjectNode scoped(IpVersion version, String scope) {
        JsonNode value = scope.isEmpty() ? NullNode.instance : StringNode.valueOf(scope);
        var values = JsonNodeFactory.instance.objectNode();
        values.set(attribute(version), value);
        return values;
    }

    private static Condition is(String attribute, String value) {
        return new Condition.In(SUBNET.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    private static IpVersion version(ObjectNode subnet) {
        return IpVersion.of(subnet.path("ip_version").asInt());
    }
}
