package io.isospin.server.subnetpool;

import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.Catalogue.SUBNETPOOL;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.PrefixSet;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Endpoint;
import io.isospin.server.identity.Caller;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Decides about subnet pools. */
public final class Subnetpools implements Endpoint {
    /** The claims on being the default of an IP version. */
    static final String DEFAULTS = "default_subnetpool";

    private static final Set<String> LENGTHS = Set.of("min_prefixlen", "max_prefixlen", "default_prefixlen");

    private final Scopes scopes;

    public Subnetpools(Policy policy) {
        this.scopes = new Scopes(policy);
    }

    @Override
    public Resource resource() {
        return SUBNETPOOL;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        var given = Subnetpool.parsed(values.path("prefixes"));
        var version = version(given);
        var prefixes = PrefixSet.of(given);
        values.put("ip_version", version.number());
        values.set("prefixes", Subnetpool.document(prefixes));
        PrefixBounds.of(values, version).write(values);
        if (!values.has("default_quota")) {
            values.set("default_quota", NullNode.instance);
        }
        var document = Documents.created(SUBNETPOOL, values, view.now());
        var pool = new Subnetpool(document);
        var changes = new ArrayList<Change>();
        if (flag(document, "is_default")) {
            changes.add(becomesDefault(view, pool));
        }
        if (!pool.scope().isEmpty()) {
            changes.addAll(scopes.enter(view, caller, pool, pool.scope(), prefixes));
        }
        prefixes.prefixes().forEach(prefix -> changes.add(new Change.Cover(pool.free(), prefix)));
        changes.add(new Change.Insert(SUBNETPOOL, document));
        return new Decision<>(changes, document);
    }

    private static IpVersion version(List<IpPrefix> prefixes) {
        if (prefixes.isEmpty()) {
            throw SubnetpoolErrors.noPrefixes();
        }
        var version = prefixes.getFirst().version();
        if (prefixes.stream().anyMatch(prefix -> prefix.version() != version)) {
            throw SubnetpoolErrors.mixedVersions();
        }
        return version;
    }

    private static Change becomesDefault(View view, Subnetpool pool) {
        String item = Integer.toString(pool.version().number());
        if (view.owner(DEFAULTS, item).isPresent()) {
            throw SubnetpoolErrors.secondDefault();
        }
        return new Change.Claim(DEFAULTS, item, pool.id());
    }

    private static Change isNoDefault(Subnetpool pool) {
        return new Change.Release(DEFAULTS, Integer.toString(pool.version().number()));
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var before = new Subnetpool(current);
        var old = before.prefixes();
        var prefixes = old;
        if (values.has("prefixes")) {
            prefixes = wider(old, Subnetpool.parsed(values.path("prefixes")), before.version());
            values.set("prefixes", Subnetpool.document(prefixes));
        }
        if (LENGTHS.stream().anyMatch(values::has)) {
            var merged = current.deepCopy();
            merged.setAll(values);
            PrefixBounds.of(merged, before.version()).write(values);
        }
        var changes = new ArrayList<Change>();
        if (values.has("is_default") && flag(values, "is_default") != flag(current, "is_default")) {
            changes.add(flag(values, "is_default") ? becomesDefault(view, before) : isNoDefault(before));
        }
        if (!before.scope().isEmpty()) {
            scopes.mayLeave(view, caller, before);
        }
        var more = prefixes.minus(old);
        String scope = values.has("address_scope_id") ? text(values, "address_scope_id") : before.scope();
        if (!scope.equals(before.scope())) {
            Scopes.leave(before.scope(), old).forEach(changes::add);
            if (!scope.isEmpty()) {
                changes.addAll(scopes.enter(view, caller, before, scope, prefixes));
            }
            changes.addAll(scopes.rescope(view, before, scope));
        } else if (!scope.isEmpty() && !more.isEmpty()) {
            changes.addAll(scopes.enter(view, caller, before, scope, more));
        }
        more.prefixes().forEach(prefix -> changes.add(new Change.Cover(before.free(), prefix)));
        var updates = Documents.updated(SUBNETPOOL, current, values, view.now());
        changes.addAll(updates);
        return new Decision<>(changes, Documents.after(updates, current));
    }

    /** Prefixes may be added but, since subnets may have them, not be taken away. */
    private static PrefixSet wider(PrefixSet old, List<IpPrefix> given, IpVersion version) {
        var same = given.stream().filter(prefix -> prefix.version() == version).toList();
        var prefixes = PrefixSet.of(same);
        if (!prefixes.containsAll(old)) {
            throw SubnetpoolErrors.prefixes("Existing prefixes must be a subset of the new prefixes");
        }
        if (same.size() < given.size()) {
            throw SubnetpoolErrors.mixedVersions();
        }
        if (given.isEmpty()) {
            throw SubnetpoolErrors.noPrefixes();
        }
        return prefixes;
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var pool = new Subnetpool(current);
        var from = new Condition.In(
                SUBNET.attribute("subnetpool_id").orElseThrow(), List.of(StringNode.valueOf(id(current))));
        if (!view.list(SUBNET, Query.where(from).limit(1)).isEmpty()) {
            throw SubnetpoolErrors.allocated();
        }
        var changes = new ArrayList<Change>();
        if (flag(current, "is_default")) {
            changes.add(isNoDefault(pool));
        }
        Scopes.leave(pool.scope(), pool.prefixes()).forEach(changes::add);
        pool.prefixes().prefixes().forEach(prefix -> changes.add(new Change.Uncover(pool.free(), prefix)));
        changes.add(new Change.Delete(SUBNETPOOL, current));
        return new Decision<>(changes, current);
    }
}
