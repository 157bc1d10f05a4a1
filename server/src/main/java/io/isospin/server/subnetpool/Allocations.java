package io.isospin.server.subnetpool;

import static io.isospin.core.schema.Catalogue.SUBNETPOOL;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.NotFound;
import io.isospin.server.identity.Caller;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Change;
import io.isospin.server.store.View;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Settles the prefix of a new subnet: as the client wants it, or out of a subnet pool. */
public final class Allocations {
    /** What a subnet has until a provider's router delegates a prefix to it. */
    public static final String PROVISIONAL = "::/64";

    private static final Set<String> ANNOUNCED = Set.of("slaac", "dhcpv6-stateless");

    private final Policy policy;

    public Allocations(Policy policy) {
        this.policy = policy;
    }

    /** What a settled prefix comes to, and what the network's attributes become by it. */
    public record Allocation(List<Change> changes, ObjectNode network) {}

    /**
     * Puts {@code cidr} and {@code subnetpool_id} into {@code values}, and the gateway where the pool's decides about
     * it; takes out of them what only says how.
     *
     * @param siblings the other subnets of the network
     */
    public Allocation settle(
            View view, Caller caller, ObjectNode network, List<ObjectNode> siblings, ObjectNode values) {
        boolean exact = values.path("cidr").isString();
        if (exact && values.has("prefixlen")) {
            throw BadRequest.of("subnets", "cidr and prefixlen must not be supplied together");
        }
        String from = poolId(view, caller, values);
        if (from.isEmpty() && !exact) {
            throw BadRequest.of("subnets", "a subnetpool must be specified in the absence of a cidr");
        }
        if (!from.isEmpty() && !exact && values.path("allocation_pools").isArray()) {
            throw BadRequest.of("subnets", "allocation_pools allowed only for specific subnet requests.");
        }
        var none = values.objectNode();
        if (from.isEmpty() || (exact && from.equals(Subnetpool.DELEGATION))) {
            values.putNull("subnetpool_id");
            Affinity.check(siblings, IpVersion.of(values.path("ip_version").asInt()));
            return settled(values, List.of(), none);
        }
        if (from.equals(Subnetpool.DELEGATION)) {
            checkDelegation(values);
            Affinity.checkDelegated(network, siblings);
            values.put("cidr", PROVISIONAL);
            return settled(values, List.of(), none);
        }
        var pool = seen(view, caller, from);
        var cidr = fromPool(view, pool, values);
        Affinity.check(network, siblings, pool);
        return settled(
                values,
                pool.taken(cidr, text(values, "project_id")),
                pool.scope().isEmpty() ? none : Scopes.scoped(pool.version(), pool.scope()));
    }

    private static Allocation settled(ObjectNode values, List<Change> changes, ObjectNode network) {
        values.remove(List.of("prefixlen", "use_default_subnetpool"));
        return new Allocation(changes, network);
    }

    /** The pool that the client named, or the default one where it wants that; empty for none. */
    private String poolId(View view, Caller caller, ObjectNode values) {
        String named = text(values, "subnetpool_id");
        if (!flag(values, "use_default_subnetpool")) {
            return named;
        }
        if (!named.isEmpty()) {
            throw BadRequest.of("subnets", "subnetpool_id and use_default_subnetpool cannot both be specified");
        }
        int version = values.path("cidr").isString()
                ? IpPrefix.parse(text(values, "cidr")).version().number()
                : values.path("ip_version").asInt();
        String pool = view.owner(Subnetpools.DEFAULTS, Integer.toString(version))
                .flatMap(id -> view.get(SUBNETPOOL, id))
                .filter(one -> policy.sees(view, SUBNETPOOL, caller, one))
                .map(one -> text(one, "id"))
                .orElseThrow(() -> BadRequest.of("subnets", "No default subnetpool found for IPv" + version));
        values.put("subnetpool_id", pool);
        return pool;
    }

    private Subnetpool seen(View view, Caller caller, String id) {
        return view.get(SUBNETPOOL, id)
                .filter(pool -> policy.sees(view, SUBNETPOOL, caller, pool))
                .map(Subnetpool::new)
                .orElseThrow(() -> NotFound.of(SUBNETPOOL, id));
    }

    private static void checkDelegation(ObjectNode values) {
        if (values.path("ip_version").asInt() != 6) {
            throw BadRequest.of("subnets", "Prefix Delegation can only be used with IPv6 subnets.");
        }
        if (!ANNOUNCED.contains(text(values, "ipv6_ra_mode"))) {
            throw BadRequest.of("subnets", "IPv6 RA Mode must be SLAAC or Stateless for Prefix Delegation.");
        }
        if (!ANNOUNCED.contains(text(values, "ipv6_address_mode"))) {
            throw BadRequest.of("subnets", "IPv6 Address Mode must be SLAAC or Stateless for Prefix Delegation.");
        }
    }

    private static IpPrefix fromPool(View view, Subnetpool pool, ObjectNode values) {
        int version = values.path("ip_version").asInt();
        if (version != pool.version().number()) {
            throw BadRequest.of(
                    "subnets",
                    "Cannot allocate IPv" + version + " subnet from IPv"
                            + pool.version().number() + " subnet pool");
        }
        boolean exact = values.path("cidr").isString();
        boolean gateway = values.path("gateway_ip").isString();
        int length = exact
                ? IpPrefix.parse(text(values, "cidr")).length()
                : values.path("prefixlen").asInt(pool.length("default"));
        checkLength(view, pool, length, text(values, "project_id"));
        if (exact || gateway) {
            var cidr = exact
                    ? IpPrefix.parse(text(values, "cidr"))
                    : IpPrefix.containing(IpAddress.parse(text(values, "gateway_ip")), length);
            values.put("cidr", cidr.toString());
            if (cidr.version() != pool.version()
                    || view.covering(pool.free(), cidr).isEmpty()) {
                throw SubnetpoolErrors.allocation(
                        "Cannot allocate requested subnet from the available set of prefixes");
            }
            return cidr;
        }
        var cidr = view.smallest(pool.free(), length)
                .map(room -> new IpPrefix(room.network(), length))
                .orElseThrow(() ->
                        SubnetpoolErrors.allocation("Insufficient prefix space to allocate subnet size /" + length));
        values.put("cidr", cidr.toString());
        // Of a prefix that the pool chose the gateway is the first host, in IPv6 too, and even where none is asked for.
        if (cidr.length() < cidr.version().bits()) {
            values.put("gateway_ip", cidr.network().plus(1).toString());
        }
        return cidr;
    }

    private static void checkLength(View view, Subnetpool pool, int length, String project) {
        int max = pool.length("max");
        int min = pool.length("min");
        if (length > max) {
            throw SubnetpoolErrors.tooLong(length, max);
        }
        if (length < min) {
            throw SubnetpoolErrors.tooShort(length, min);
        }
        if (pool.quota() > 0) {
            double used = view.allocated(pool.id(), project).entrySet().stream()
                    .mapToDouble(entry -> entry.getValue() * units(pool, entry.getKey()))
                    .sum();
            if (used + units(pool, length) > pool.quota()) {
                throw SubnetpoolErrors.quota();
            }
        }
    }

    /** What a prefix counts against a pool's quota: addresses of IPv4, /64s of IPv6. */
    private static double units(Subnetpool pool, int length) {
        return Math.pow(2, (pool.version() == IpVersion.V4 ? 32 : 64) - length);
    }
}
