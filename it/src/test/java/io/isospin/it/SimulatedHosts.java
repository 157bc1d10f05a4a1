package io.isospin.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hosts that are there in what their agents report alone: networks and ports made over the API, and every host's devices as an
 * agent that has wired them would tell of them.
 */
final class SimulatedHosts {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PORTS_OF_A_NETWORK = 4;
    private static final int FIRST_VLAN = 100;
    private static final int VLANS = 9;

    private final SmallCloud cloud;
    private final Networking admin;
    private final List<String> hosts = new ArrayList<>();
    private final Map<String, JsonNode> networks = new TreeMap<>();
    private final Map<String, List<JsonNode>> ports = new HashMap<>();

    SimulatedHosts(SmallCloud cloud, Networking admin) {
        this.cloud = cloud;
        this.admin = admin;
    }

    static String name(int host) {
        return "compute%03d".formatted(host);
    }

    List<JsonNode> ports(String host) {
        return ports.getOrDefault(host, List.of());
    }

    /** Hosts that a network's ports are on. */
    long hostsOf(String network) {
        String id = Objects.requireNonNull(networks.get(network)).path("id").asString();
        return hosts.stream()
                .filter(host -> ports(host).stream()
                        .anyMatch(port -> port.path("network_id").asString().equals(id)))
                .count();
    }

    /** {@code net-00} is flat, {@code net-01} to {@code net-09} are VLANs, the others VXLAN; each host has ports on some. */
    void make(int hostCount, int networkCount, int portsOfAHost) throws IOException, InterruptedException {
        for (int i = 1; i <= hostCount; i++) {
            hosts.add(name(i));
            cloud.report(report(name(i), false).toString());
        }
        for (int i = 0; i < networkCount; i++) {
            network(i);
        }
        var ids = networks.values().stream()
                .map(network -> network.path("id").asString())
                .toList();
        for (int i = 1; i <= hostCount; i++) {
            var wanted = JSON.createObjectNode();
            var all = wanted.putArray("ports");
            for (int j = 0; j < portsOfAHost; j++) {
                all.addObject()
                        .put("name", "vm-" + i + "-" + j)
                        .put("network_id", ids.get((i * 7 + j / PORTS_OF_A_NETWORK) % networkCount))
                        .put("device_owner", "compute:nova")
                        .put("device_id", "%08x-0000-4000-8000-%012x".formatted(i, j))
                        .put("binding:host_id", name(i));
            }
            admin.ask("POST", "/v2.0/ports", wanted.toString());
        }
        for (JsonNode port : admin.ask("GET", "/v2.0/ports", "").path("ports")) {
            ports.computeIfAbsent(port.path("binding:host_id").asString(), host -> new ArrayList<>())
                    .add(port);
        }
        for (String host : hosts) {
            tell(host, Map.of());
        }
    }

    private void network(int i) throws IOException, InterruptedException {
        var wanted = JSON.createObjectNode();
        var network = wanted.putObject("network").put("name", "net-%02d".formatted(i));
        if (i <= VLANS) {
            network.put("provider:network_type", i == 0 ? "flat" : "vlan").put("provider:physical_network", "physnet2");
        }
        if (i > 0 && i <= VLANS) {
            network.put("provider:segmentation_id", FIRST_VLAN + i);
        }
        var made = admin.ask("POST", "/v2.0/networks", wanted.toString()).path("network");
        networks.put(made.path("name").asString(), made);
        var subnet = JSON.createObjectNode();
        subnet.putObject("subnet")
                .put("network_id", made.path("id").asString())
                .put("ip_version", 4)
                .put("cidr", "10." + i + ".0.0/16");
        admin.ask("POST", "/v2.0/subnets", subnet.toString());
    }

    /**
     * Has a host's agent tell of all its devices. {@code differences}: sentences by the name of the device that each is about,
     * which is not there then; a tap stays, out of its bridge.
     */
    void tell(String host, Map<String, String> differences) throws IOException, InterruptedException {
        cloud.report(whole(host, differences).toString());
    }

    private ObjectNode whole(String host, Map<String, String> differences) {
        var report = report(host, true);
        var parts = report.putObject("wiring").put("whole", true).putArray("parts");
        var byNetwork = new TreeMap<String, List<JsonNode>>();
        ports(host)
                .forEach(port -> byNetwork
                        .computeIfAbsent(port.path("network_id").asString(), id -> new ArrayList<>())
                        .add(port));
        var own = part(parts, null);
        device(own, "eth0", "physical").putArray("addresses").add("10.0.0.1/16");
        device(own, "eth1", "physical").putArray("addresses").add(tunnelAddress(host) + "/16");
        boolean flat = false;
        for (JsonNode network : networks.values()) {
            var of = byNetwork.get(network.path("id").asString());
            if (of == null) {
                continue;
            }
            flat |= network.path("provider:network_type").asString().equals("flat");
            network(part(parts, network), network, of, host, differences);
        }
        if (!flat) {
            device(own, "eth2", "physical");
        }
        return report;
    }

    private static void network(
            ObjectNode part, JsonNode network, List<JsonNode> of, String host, Map<String, String> differences) {
        String id = network.path("id").asString();
        String bridge = "brq" + id.substring(0, 11);
        int number = network.path("provider:segmentation_id").asInt(0);
        device(part, bridge, "bridge");
        String uplink = switch (network.path("provider:network_type").asString()) {
            case "flat" -> "eth2";
            case "vlan" -> "eth2." + number;
            default -> "vxlan-" + number;
        };
        if (differences.containsKey(uplink)) {
            part.withArray("differences").add(differences.get(uplink));
        } else {
            var device = device(
                    part, uplink, uplink.equals("eth2") ? "physical" : uplink.startsWith("vx") ? "vxlan" : "vlan");
            device.put("master", bridge);
            if (uplink.startsWith("vxlan")) {
                device.put("vni", number).put("parent", "eth1").put("local_ip", tunnelAddress(host));
            } else if (number > 0) {
                device.put("vlan", number).put("parent", "eth2");
            }
        }
        for (JsonNode port : of) {
            String tap = "tap" + port.path("id").asString().substring(0, 11);
            var device = device(part, tap, "tap").put("port_id", port.path("id").asString());
            if (differences.containsKey(tap)) {
                part.withArray("differences").add(differences.get(tap));
            } else {
                device.put("master", bridge);
            }
            if (port.path("device_owner").asString().equals("network:dhcp")) {
                var space = part.withArray("namespaces").addObject().put("name", "qdhcp-" + id);
                var inside = space.putArray("interfaces").addObject();
                describe(inside, "ns-" + tap.substring(3), "veth")
                        .put("peer", tap)
                        .put("mac", port.path("mac_address").asString());
                inside.putArray("addresses")
                        .add(port.at("/fixed_ips/0/ip_address").asString() + "/16");
                space.putArray("services").addObject().put("name", "dnsmasq").put("running", true);
            }
        }
    }

    private static ObjectNode part(ArrayNode parts, @Nullable JsonNode network) {
        var part = parts.addObject();
        if (network != null) {
            part.put("network_id", network.path("id").asString());
        }
        part.putArray("interfaces");
        part.putArray("namespaces");
        part.putArray("differences");
        return part;
    }

    private static ObjectNode device(ObjectNode part, String name, String kind) {
        return describe(part.withArray("interfaces").addObject(), name, kind);
    }

    private static ObjectNode describe(ObjectNode device, String name, String kind) {
        return device.put("name", name).put("kind", kind).put("mtu", 1450).put("up", true);
    }

    private static ObjectNode report(String host, boolean counted) {
        var report = JSON.createObjectNode().put("host", host);
        var agents = report.putArray("agents");
        for (var type : List.of("Linux bridge agent", "DHCP agent")) {
            var agent = agents.addObject()
                    .put("type", type)
                    .put("binary", type.startsWith("DHCP") ? "neutron-dhcp-agent" : "neutron-linuxbridge-agent")
                    .put("tunnel_address", tunnelAddress(host))
                    .put("started_at", "2026-01-01T00:00:00Z");
            agent.putObject("bridge_mappings").put("physnet2", "eth2");
            agent.putObject("counts").put("devices", counted ? 40 : 0);
        }
        report.putArray("ports");
        return report;
    }

    private static String tunnelAddress(String host) {
        int number = Integer.parseInt(host.substring(host.length() - 3));
        return "172.18." + number / 250 + "." + (number % 250 + 1);
    }
}
