package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The compute hosts as hypervisors, services and zones. {@code addresses} are the management addresses by host. */
final class HypervisorView {
    private final Hosts hosts;
    private final InstanceDriver driver;
    private final Clock clock;

    HypervisorView(Hosts hosts, InstanceDriver driver, Clock clock) {
        this.hosts = hosts;
        this.driver = driver;
        this.clock = clock;
    }

    List<String> hosts() {
        return hosts.names();
    }

    ObjectNode brief(String host, Microversion version) {
        var node = Json.object();
        id(node, hosts.names().indexOf(host) + 1, "hypervisor/" + host, version);
        return node.put("hypervisor_hostname", host)
                .put("state", "up")
                .put("status", hosts.enabled(host) ? "enabled" : "disabled");
    }

    ObjectNode full(String host, Microversion version, List<Instance> instances) {
        var node = brief(host, version)
                .put("host_ip", hosts.address(host))
                .put("hypervisor_type", driver.type())
                .put("hypervisor_version", 1);
        var service = node.putObject("service")
                .put("host", host)
                .put("disabled_reason", hosts.disabledReason(host).orElse(null));
        id(service, hosts.names().indexOf(host) + 1, "service/" + host, version);
        if (version.from(88)) {
            node.putNull("uptime");
        } else {
            resources(
                    node, instances.stream().filter(i -> i.host().equals(host)).toList(), 1);
            var cpu = node.putObject("cpu_info")
                    .put("arch", System.getProperty("os.arch"))
                    .put("model", "host");
            if (!driver.accelerator().isEmpty()) {
                cpu.put("accelerator", driver.accelerator());
            }
            if (!version.from(28)) {
                node.put("cpu_info", cpu.toString());
            }
        }
        return node;
    }

    /** Says whose servers run there, where a client asks for that ({@code with_servers}, from 2.53 on). */
    static ObjectNode withServers(ObjectNode node, String host, Microversion version, List<Instance> instances) {
        var there = instances.stream().filter(i -> i.host().equals(host)).toList();
        // Until 2.74 a host without any does not say so.
        if (!there.isEmpty() || version.from(75)) {
            var servers = node.putArray("servers");
            there.forEach(server -> servers.addObject()
                    .put("uuid", server.id().value())
                    .put("name", server.guest().name()));
        }
        return node;
    }

    ObjectNode statistics(List<Instance> instances) {
        var node = Json.object().put("count", hosts.names().size());
        resources(
                node,
                instances.stream().filter(i -> !i.host().isEmpty()).toList(),
                hosts.names().size());
        return node;
    }

    List<ObjectNode> services(Microversion version) {
        var services = new ArrayList<ObjectNode>();
        services.add(service("nova-scheduler", "controller01", "internal", services.size() + 1, version));
        services.add(service("nova-conductor", "controller01", "internal", services.size() + 1, version));
        for (var host : hosts.names()) {
            services.add(service("nova-compute", host, hosts.zone(host), services.size() + 1, version));
        }
        return services;
    }

    List<ObjectNode> zones(boolean withHosts) {
        return hosts.zones().stream().map(zone -> zone(zone, withHosts)).toList();
    }

    private ObjectNode zone(String zone, boolean withHosts) {
        var node = Json.object().put("zoneName", zone);
        node.putObject("zoneState").put("available", true);
        if (!withHosts) {
            return node.putNull("hosts");
        }
        var byHost = node.putObject("hosts");
        for (var host : hosts.names().stream()
                .filter(name -> hosts.zone(name).equals(zone))
                .toList()) {
            byHost.putObject(host)
                    .putObject("nova-compute")
                    .put("active", hosts.enabled(host))
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
                .put("status", hosts.enabled(host) ? "enabled" : "disabled")
                .put("state", "up")
                .put("updated_at", now())
                .put("disabled_reason", hosts.disabledReason(host).orElse(null));
        if (version.from(11)) {
            node.put("forced_down", false);
        }
        return node;
    }

    private static void resources(ObjectNode node, List<Instance> instances, int hosts) {
        var taken = Capacity.Taken.by(instances);
        int vcpus = taken.vcpus();
        int memory = taken.memory();
        int disk = taken.disk();
        node.put("vcpus", Capacity.VCPUS * hosts)
                .put("vcpus_used", vcpus)
                .put("memory_mb", Capacity.MEMORY_MIB * hosts)
                .put("memory_mb_used", memory)
                .put("free_ram_mb", Capacity.MEMORY_MIB * hosts - memory)
                .put("local_gb", Capacity.DISK_GIB * hosts)
                .put("local_gb_used", disk)
                .put("free_disk_gb", Capacity.DISK_GIB * hosts - disk)
                .put("disk_available_least", Capacity.DISK_GIB * hosts - disk)
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
