package io.isospin.lab.compute;

import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much each project may have. The lab limits instances, cores and memory only where an administrator has said so. */
final class Quotas {
    static final int UNLIMITED = -1;

    private static final Map<String, Integer> DEFAULTS = defaults();

    private record Limits(String project, Map<String, Integer> set) {}

    private final Kept<Limits> kept;

    Quotas(Shelf shelf) {
        this.kept = new Kept<>(
                shelf,
                "quotas",
                Limits::project,
                limits -> {
                    var node = Json.object().put("project", limits.project());
                    limits.set().forEach(node::put);
                    return node;
                },
                node -> {
                    var set = new TreeMap<String, Integer>();
                    node.propertyStream()
                            .filter(e -> e.getValue().isInt())
                            .forEach(e -> set.put(e.getKey(), e.getValue().asInt()));
                    return new Limits(node.path("project").asString(""), set);
                });
    }

    private static Map<String, Integer> defaults() {
        var defaults = new LinkedHashMap<String, Integer>();
        defaults.put("instances", UNLIMITED);
        defaults.put("cores", UNLIMITED);
        defaults.put("ram", UNLIMITED);
        defaults.put("metadata_items", 128);
        defaults.put("key_pairs", 100);
        defaults.put("server_groups", 10);
        defaults.put("server_group_members", 10);
        return defaults;
    }

    /** The limits of those who have none of their own. */
    Map<String, Integer> ofAll() {
        return DEFAULTS;
    }

    Map<String, Integer> of(String project) {
        var limits = new LinkedHashMap<>(DEFAULTS);
        kept.find(project).ifPresent(own -> limits.putAll(own.set()));
        return limits;
    }

    void set(String project, Map<String, Integer> changes) {
        synchronized (kept) {
            var set = new TreeMap<>(kept.find(project).map(Limits::set).orElse(Map.of()));
            set.putAll(changes);
            kept.put(new Limits(project, set));
        }
    }

    void forget(String project) {
        kept.remove(project);
    }

    /** What a project has. */
    static Map<String, Integer> used(String project, List<Instance> instances) {
        var own = instances.stream().filter(i -> i.projectId().equals(project)).toList();
        var taken = Capacity.Taken.by(own);
        var used = new LinkedHashMap<String, Integer>();
        DEFAULTS.keySet().forEach(name -> used.put(name, 0));
        used.put("instances", own.size());
        used.put("cores", taken.vcpus());
        used.put("ram", taken.memory());
        return used;
    }

    /** Refused where a project would have too much with some more servers of a flavor. */
    void requireRoom(String project, Flavor flavor, int count, List<Instance> instances) {
        var limits = of(project);
        var used = used(project, instances);
        var more = new LinkedHashMap<String, Integer>();
        more.put("cores", count * flavor.vcpus());
        more.put("instances", count);
        more.put("ram", count * flavor.ram());
        var over = more.keySet().stream()
                .filter(name -> {
                    int limit = limits.getOrDefault(name, UNLIMITED);
                    return limit >= 0 && used.getOrDefault(name, 0) + more.getOrDefault(name, 0) > limit;
                })
                .toList();
        if (!over.isEmpty()) {
            String first = over.getFirst();
            throw Refusal.forbidden("Quota exceeded for " + String.join(", ", over) + ": Requested "
                    + more.get(first) + ", but already used " + used.get(first) + " of " + limits.get(first) + " "
                    + String.join(", ", over));
        }
    }

    void requireKeyPair(String project, int has) {
        int limit = of(project).getOrDefault("key_pairs", UNLIMITED);
        if (limit >= 0 && has >= limit) {
            throw Refusal.forbidden("Quota exceeded, too many key pairs.");
        }
    }

    /** Refused where a server would have too many metadata items. */
    void requireMetadata(String project, Map<String, String> metadata) {
        int limit = of(project).getOrDefault("metadata_items", UNLIMITED);
        if (limit >= 0 && metadata.size() > limit) {
            throw Refusal.forbidden("Maximum number of metadata items exceeds " + limit);
        }
    }
}
