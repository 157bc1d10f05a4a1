package io.isospin.server.subnetpool;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpVersion;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Subnets of one network and IP version come from one subnet pool, or from pools of one address scope, or from none. */
final class Affinity {
    private Affinity() {}

    /** A subnet from a pool. */
    static void check(ObjectNode network, List<ObjectNode> siblings, Subnetpool pool) {
        String scope = text(network, Scopes.attribute(pool.version()));
        if (!scope.isEmpty()) {
            if (!pool.scope().equals(scope)) {
                throw SubnetpoolErrors.scopeAffinity();
            }
            return;
        }
        refuse(siblings, pool.version(), from -> !from.equals(pool.id()));
    }

    /** A subnet from no pool. */
    static void check(List<ObjectNode> siblings, IpVersion version) {
        refuse(siblings, version, from -> !from.isEmpty());
    }

    /** A subnet whose prefix is delegated. */
    static void checkDelegated(ObjectNode network, List<ObjectNode> siblings) {
        if (!text(network, Scopes.attribute(IpVersion.V6)).isEmpty()) {
            throw SubnetpoolErrors.scopeAffinity();
        }
        refuse(siblings, IpVersion.V6, from -> !from.equals(Subnetpool.DELEGATION));
    }

    private static void refuse(List<ObjectNode> siblings, IpVersion version, Predicate<String> foreign) {
        boolean any = siblings.stream()
                .filter(sibling -> sibling.path("ip_version").asInt() == version.number())
                .anyMatch(sibling -> foreign.test(text(sibling, "subnetpool_id")));
        if (any) {
            throw SubnetpoolErrors.poolAffinity();
        }
    }
}
