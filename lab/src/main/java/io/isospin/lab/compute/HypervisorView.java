package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The compute hosts as hypervisors, services and zones. {@code addresses} are the management addresses by host. */
final class HypervisorView {
    private static final int VCPUS = 16;
    private static final int MEMORY_MIB = 65536;
    private static final int DISK_GIB = 1000;

    private final List<String> hosts;
    private final Map<String, String> addresses;
    private final String type;
    private final Clock clock;

    HypervisorView(List<String> hosts, Map<String, String> addresses, String type, Clock clock) {
        this.hosts = hosts;
        this.addresses = addresses;
        this.type = type;
        this.clock = clock;
    }

    List<String> hosts() {
        return hosts;
    }

    ObjectNode brief(String host, Microversion version) {
        var node = Json.object();
        id(node, hosts.indexOf(host) + 1, "hypervisor/" + host, version);
        return node.put("hypervisor_hostname", host).put("state", "up").put("status", "enabled");
    }

    ObjectNode full(String host, Microversion version, List<Instance> instances) {
        var node = brief(host, version)
                .put("host_ip", addresses.getOrDefault(host, ""))
                .put("hypervisor_type", type)
                .put("hypervisor_version", 1);
        var service = node.putObject("service").put("host", host).putNull("disabled_reason");
        id(service, hosts.indexOf(host) + 1, "service/" + host, version);
        if (version.from(88)) {
            node.putNull("uptime");
        } else {
            resources(
                    node, instances.stream().filter(i -> i.host().equals(host)).toList(), 1);
            var cpu = node.putObject("cpu_info")
                    .put("arch", System.getProperty("os.arch"))
                    .put("model", "host");
            if (!version.from(28)) {
                node.put("cpu_info", cpu.toString());
            }
        }
        if (version.from(53)) {
            node.putArray("servers");
        }
        return node;
    }

    ObjectNode statistics(List<Instance> instances) {
        var node = Json.object().put("count", hosts.size());
        resources(node, instances.stream().filter(i -> !i.host().isEmpty()).toList(), hosts.size());
        return node;
    }

    List<ObjectNode> services(Microversion version) {
        var services = new ArrayList<ObjectNode>();
        services.add(service("nova-scheduler", "controller01", "internal", services.size() + 1, version));
        services.add(service("nova-conductor", "controller01", "internal", services.size() + 1, version));
        for (var host : hosts) {
            services.add(service("nova-compute", host, Placement.ZONE, services.size() + 1, version));
        }
        return services;
    }

    ObjectNode zone(boolean withHosts) {
        var node = Json.object().put("zoneName", Placement.ZONE);
        node.putObject("zoneState").put("available", true);
        if (!withHosts) {
            return node.putNull("hosts");
        }
        var byHost = node.putObject("hosts");
        for (var host : hosts) {
            byHost.putObject(host)
                    .putObject("nova-compute")
                    .put("active", true)
                    .put("available", true)
                    .put("updated_at", now());
        }
        return node;
    }

    private ObjectNode service(String binary, String host, String zone, int number, Microversion version) {
        var node = Json.object();
        id(node, number, binary + "/" + host, version);
        node.put("binary", binary)
                .put("host", host)
                .put("zone", zone)
                .put("status", "enabled")
                .put("state", "up")
                .put("updated_at", now())
                .putNull("disabled_reason");
        if (version.from(11)) {
            node.put("forced_down", false);
        }
        return node;
    }

    private static void resources(ObjectNode node, List<Instance> instances, int hosts) {
        int vcpus = instances.stream().mapToInt(i -> i.flavor().vcpus()).sum();
        int memory = instances.stream().mapToInt(i -> i.flavor().ram()).sum();
        int disk = instances.stream().mapToInt(i -> i.flavor().disk()).sum();
        node.put("vcpus", VCPUS * hosts)
                .put("vcpus_used", vcpus)
                .put("memory_mb", MEMORY_MIB * hosts)
                .put("memory_mb_used", memory)
                .put("free_ram_mb", MEMORY_MIB * hosts - memory)
                .put("local_gb", DISK_GIB * hosts)
                .put("local_gb_used", disk)
                .put("free_disk_gb", DISK_GIB * hosts - disk)
                .put("disk_available_least", DISK_GIB * hosts - disk)
                .put("current_workload", 0)
                .put("running_vms", instances.size());
    }

    // A number, or a UUID from 2.53 on.
    private static void id(ObjectNode node, int number, String name, Microversion version) {
        if (version.from(53)) {
            node.put(
                    "id",
                    new ResourceId(UUID.nameUUIDFromBytes(("isospin-lab/" + name).getBytes(StandardCharsets.UTF_8))
                                    .toString())
                            .value());
        } else {
            node.put("id", number);
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000000");
    }
}
