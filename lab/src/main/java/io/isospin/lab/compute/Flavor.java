package io.isospin.lab.compute;

import io.isospin.lab.http.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A size of instances: memory in MiB, disk and ephemeral disk in GiB, swap in MiB.
 *
 * @param access the projects that may use it where it is not public
 */
public record Flavor(
        String id,
        String name,
        int vcpus,
        int ram,
        int disk,
        int ephemeral,
        int swap,
        double rxtxFactor,
        boolean isPublic,
        Optional<String> description,
        Map<String, String> extraSpecs,
        Set<String> access) {

    /** Those that every OpenStack used to come with, so that old scripts find them. */
    public static final List<Flavor> ALL = List.of(
            plain("1", "m1.tiny", 1, 512, 1),
            plain("2", "m1.small", 1, 2048, 20),
            plain("3", "m1.medium", 2, 4096, 40),
            plain("4", "m1.large", 4, 8192, 80),
            plain("5", "m1.xlarge", 8, 16384, 160));

    public Flavor {
        extraSpecs = Collections.unmodifiableMap(new TreeMap<>(extraSpecs));
        access = Collections.unmodifiableSet(new TreeSet<>(access));
    }

    private static Flavor plain(String id, String name, int vcpus, int ram, int disk) {
        return new Flavor(id, name, vcpus, ram, disk, 0, 0, 1.0, true, Optional.empty(), Map.of(), Set.of());
    }

    /** Whether those of a project see it. */
    boolean reaches(String project) {
        return isPublic || access.contains(project);
    }

    Flavor described(Optional<String> text) {
        return new Flavor(id, name, vcpus, ram, disk, ephemeral, swap, rxtxFactor, isPublic, text, extraSpecs, access);
    }

    Flavor specified(Map<String, String> specs) {
        return new Flavor(
                id, name, vcpus, ram, disk, ephemeral, swap, rxtxFactor, isPublic, description, specs, access);
    }

    Flavor open(Set<String> projects) {
        return new Flavor(
                id, name, vcpus, ram, disk, ephemeral, swap, rxtxFactor, isPublic, description, extraSpecs, projects);
    }

    ObjectNode json() {
        var node = Json.object()
                .put("id", id)
                .put("name", name)
                .put("vcpus", vcpus)
                .put("ram", ram)
                .put("disk", disk)
                .put("ephemeral", ephemeral)
                .put("swap", swap)
                .put("rxtx_factor", rxtxFactor)
                .put("is_public", isPublic)
                .put("description", description.orElse(null));
        node.set("extra_specs", Json.map(extraSpecs));
        node.set("access", Json.strings(access));
        return node;
    }

    static Flavor read(JsonNode node) {
        var specs = new TreeMap<String, String>();
        node.path("extra_specs")
                .propertyStream()
                .forEach(e -> specs.put(e.getKey(), e.getValue().asString("")));
        var access = new TreeSet<String>();
        node.path("access").forEach(project -> access.add(project.asString("")));
        String id = node.path("id").asString("");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a flavor without an id");
        }
        return new Flavor(
                id,
                node.path("name").asString(id),
                node.path("vcpus").asInt(1),
                node.path("ram").asInt(512),
                node.path("disk").asInt(0),
                node.path("ephemeral").asInt(0),
                node.path("swap").asInt(0),
                node.path("rxtx_factor").asDouble(1.0),
                node.path("is_public").asBoolean(true),
                Optional.ofNullable(node.path("description").stringValue(null)),
                specs,
                access);
    }
}
