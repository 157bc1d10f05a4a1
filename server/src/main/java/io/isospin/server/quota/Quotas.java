package io.isospin.server.quota;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.Conflict;
import io.isospin.server.store.View;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many of each resource a project may have: its own limit, or the default. -1 is no limit. */
public final class Quotas {
    private final Map<String, Integer> defaults;

    /** {@code defaults}: by the resource's member name, in the order in which answers show them. */
    public Quotas(Map<String, Integer> defaults) {
        this.defaults = new LinkedHashMap<>(defaults);
    }

    /** Neutron's defaults for the resources that are counted here. */
    public static Map<String, Integer> neutronDefaults() {
        var defaults = new LinkedHashMap<String, Integer>();
        defaults.put(Catalogue.NETWORK.member(), 100);
        defaults.put(Catalogue.SUBNET.member(), 100);
        defaults.put(Catalogue.PORT.member(), 500);
        defaults.put(Catalogue.SUBNETPOOL.member(), -1);
        defaults.put(Catalogue.RBAC_POLICY.member(), 10);
        return defaults;
    }

    public Map<String, Integer> defaults() {
        return defaults;
    }

    public Map<String, Integer> limits(View view, String project) {
        var limits = new LinkedHashMap<String, Integer>();
        defaults.forEach((resource, number) -> limits.put(resource, limit(view, project, resource, number)));
        return limits;
    }

    /** Refuses one more of a resource where a project has all that it may. */
    public void check(View view, Resource resource, String project) {
        var fallback = defaults.get(resource.member());
        if (fallback == null || !resource.quota()) {
            return;
        }
        int limit = limit(view, project, resource.member(), fallback);
        if (limit >= 0 && view.used(project, resource.member()) >= limit) {
            throw new Conflict("OverQuota", "Quota exceeded for resources: ['" + resource.member() + "'].");
        }
    }

    private static int limit(View view, String project, String resource, int fallback) {
        return view.limit(project, resource).orElse(fallback);
    }
}
