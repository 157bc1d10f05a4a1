package io.isospin.lab.placement;

import io.isospin.lab.compute.Capacity;
import io.isospin.lab.compute.Instance;
import io.isospin.lab.http.Json;
import io.isospin.lab.identity.Directory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A compute host as placement knows it: what it has, and what of that is allocated to instances. */
record Provider(String host) {
    static final List<String> CLASSES = List.of("VCPU", "MEMORY_MB", "DISK_GB");

    /** Placement counts the changes of a provider; here nobody else makes any, so there is nothing to collide with. */
    static final int GENERATION = 1;

    private record Inventory(int total, double ratio) {
        boolean takes(int used, int more) {
            return used + more <= total * ratio && more <= total;
        }
    }

    private static final Map<String, Inventory> INVENTORIES = Map.of(
            "VCPU", new Inventory(Capacity.VCPUS, Capacity.VCPU_RATIO),
            "MEMORY_MB", new Inventory(Capacity.MEMORY_MIB, Capacity.MEMORY_RATIO),
            "DISK_GB", new Inventory(Capacity.DISK_GIB, Capacity.DISK_RATIO));

    String uuid() {
        return Directory.id("provider", host).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    /** What an instance takes, as Nova asks for it: nothing is not asked for. */
    static Map<String, Integer> resources(Instance instance) {
        var resources = new LinkedHashMap<String, Integer>();
        var flavor = instance.flavor();
        put(resources, "VCPU", flavor.vcpus());
        put(resources, "MEMORY_MB", flavor.ram());
        put(resources, "DISK_GB", flavor.disk() + flavor.ephemeral() + (flavor.swap() + 1023) / 1024);
        return resources;
    }

    private static void put(Map<String, Integer> resources, String name, int amount) {
        if (amount > 0) {
            resources.put(name, amount);
        }
    }

    List<Instance> consumers(List<Instance> instances) {
        return instances.stream().filter(i -> i.host().equals(host)).toList();
    }

    ObjectNode usages(List<Instance> instances) {
        var node = Json.object();
        CLASSES.forEach(name -> node.put(name, used(name, instances)));
        return node;
    }

    private int used(String name, List<Instance> instances) {
        return consumers(instances).stream()
                .mapToInt(instance -> resources(instance).getOrDefault(name, 0))
                .sum();
    }

    /** Whether all of these would still fit. */
    boolean fits(Map<String, Integer> resources, List<Instance> instances) {
        return resources.entrySet().stream().allMatch(entry -> {
            var inventory = INVENTORIES.get(entry.getKey());
            return inventory != null && inventory.takes(used(entry.getKey(), instances), entry.getValue());
        });
    }

    ObjectNode inventories() {
        var node = Json.object();
        CLASSES.forEach(name -> node.set(name, inventory(name)));
        return node;
    }

    static ObjectNode inventory(String name) {
        var inventory = INVENTORIES.getOrDefault(name, new Inventory(0, 1));
        return Json.object()
                .put("total", inventory.total())
                .put("reserved", 0)
                .put("min_unit", 1)
                .put("max_unit", inventory.total())
                .put("step_size", 1)
                .put("allocation_ratio", inventory.ratio());
    }

    ObjectNode shown() {
        var node = Json.object().put("uuid", uuid()).put("name", host).put("generation", GENERATION);
        var links = node.putArray("links");
        String self = "/resource_providers/" + uuid();
        links.addObject().put("rel", "self").put("href", self);
        for (var rel : List.of("aggregates", "inventories", "allocations", "usages", "traits")) {
            links.addObject().put("rel", rel).put("href", self + "/" + rel);
        }
        return node;
    }
}
