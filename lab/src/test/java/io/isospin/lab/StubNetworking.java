package io.isospin.lab;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Networking;
import io.isospin.lab.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Networking in memory: networks as they are put in, ports as compute makes them. */
public final class StubNetworking implements Networking {
    private final List<Network> networks = new ArrayList<>();
    private final Map<ResourceId, Port> ports = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private final Map<ResourceId, List<String>> bindings = new LinkedHashMap<>();
    private final List<String> unbindable = new ArrayList<>();
    private String vifType = "bridge";
    private int quota = -1;
    private int next = 10;

    public synchronized Network network(String name, String project, boolean shared) {
        var network = new Network(ResourceId.random(), name, project, shared, false, true, 1450);
        networks.add(network);
        return network;
    }

    /** A port that nobody uses yet. */
    public synchronized Port freePort(Network network, String project) {
        var port = make(network.id(), project, "", "10.9.0." + next++);
        ports.put(port.id(), port);
        return port;
    }

    public synchronized void bindAs(String type) {
        vifType = type;
    }

    public synchronized List<Port> all() {
        return List.copyOf(ports.values());
    }

    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public synchronized List<Network> networks(String token, Map<String, String> filters) {
        return networks.stream()
                .filter(n -> fits(filters, "id", n.id().value()))
                .filter(n -> fits(filters, "tenant_id", n.projectId()))
                .filter(n -> fits(filters, "shared", n.shared() ? "True" : "False"))
                .toList();
    }

    @Override
    public synchronized List<Port> ports(String token, Map<String, String> filters) {
        return ports.values().stream()
                .filter(p -> fits(filters, "device_id", p.deviceId()))
                .filter(p -> fits(filters, "network_id", p.network().value()))
                .filter(p -> !filters.containsKey("fixed_ips")
                        || p.addresses().stream().anyMatch(ip -> ("ip_address=" + ip).equals(filters.get("fixed_ips"))))
                .toList();
    }

    @Override
    public synchronized Optional<Port> port(String token, ResourceId id) {
        return Optional.ofNullable(ports.get(id));
    }

    @Override
    public synchronized Port createPort(String token, ObjectNode body) {
        log.add("create " + body);
        String address = body.path("fixed_ips").path(0).path("ip_address").asString("10.9.0." + next++);
        var port = make(
                new ResourceId(body.path("network_id").asString()),
                body.path("tenant_id").asString(""),
                body.path("device_id").asString(""),
                address);
        ports.put(port.id(), port);
        return port;
    }

    @Override
    public synchronized Port updatePort(String token, ResourceId id, ObjectNode changes) {
        log.add("update " + changes);
        var old = ports.get(id);
        if (old == null) {
            throw new Failure(404, "PortNotFound", "Port " + id + " could not be found.");
        }
        String host = changes.path("binding:host_id").asString("");
        var updated = new Port(
                id,
                old.network(),
                old.projectId(),
                old.mac(),
                old.addresses(),
                changes.path("device_id").asString(old.deviceId()),
                host.isEmpty() ? "unbound" : vifType,
                "DOWN",
                old.body());
        ports.put(id, updated);
        if (!host.isEmpty()) {
            bindings.put(id, new ArrayList<>(List.of(host)));
        }
        return updated;
    }

    @Override
    public synchronized void deletePort(String token, ResourceId id) {
        log.add("delete");
        ports.remove(id);
    }

    @Override
    public synchronized List<String> boundHosts(String token, ResourceId port) {
        return List.copyOf(bindings.getOrDefault(port, List.of()));
    }

    @Override
    public synchronized void createBinding(String token, ResourceId port, String host) {
        log.add("bind to " + host);
        if (unbindable.contains(host)) {
            throw new Failure(400, "PortBindingError", "Binding for port " + port + " could not be made on " + host);
        }
        bindings.computeIfAbsent(port, key -> new ArrayList<>()).add(host);
    }

    @Override
    public synchronized void activateBinding(String token, ResourceId port, String host) {
        log.add("activate on " + host);
        var hosts = bindings.computeIfAbsent(port, key -> new ArrayList<>());
        hosts.remove(host);
        hosts.addFirst(host);
    }

    @Override
    public synchronized void deleteBinding(String token, ResourceId port, String host) {
        log.add("unbind from " + host);
        bindings.getOrDefault(port, new ArrayList<>()).remove(host);
    }

    @Override
    public synchronized int portCount(String token, String project) {
        return (int) ports.values().stream()
                .filter(port -> port.projectId().equals(project))
                .count();
    }

    @Override
    public synchronized int portQuota(String token, String project) {
        return quota;
    }

    /** From now on no port can be bound to the host. */
    public synchronized void unbindable(String host) {
        unbindable.add(host);
    }

    public synchronized void quota(int ports) {
        quota = ports;
    }

    private static boolean fits(Map<String, String> filters, String key, String value) {
        return Stream.ofNullable(filters.get(key)).allMatch(value::equals);
    }

    private static Port make(ResourceId network, String project, String device, String address) {
        var id = ResourceId.random();
        var body = Json.object().put("id", id.value());
        body.putArray("fixed_ips").addObject().put("subnet_id", network.value()).put("ip_address", address);
        return new Port(
                id,
                network,
                project,
                new MacAddress(0xfa163e000000L + Integer.parseInt(address.substring(address.lastIndexOf('.') + 1))),
                List.of(IpAddress.parse(address)),
                device,
                "unbound",
                "DOWN",
                body);
    }
}
