package io.isospin.it;

import io.isospin.core.config.Settings;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Listeners;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Service;
import io.isospin.lab.identity.Catalogue;
import io.isospin.lab.identity.Directory;
import io.isospin.lab.identity.IdentityService;
import io.isospin.lab.identity.Tokens;
import io.isospin.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The server behind the lab's identity service, both on loopback: what a client needs that logs in. */
final class SmallCloud implements AutoCloseable {
    /** A compute service that has no quotas: {@code openstack quota} asks it, whatever quotas are meant. */
    private static final class NoQuotas implements Service {
        @Override
        public Answer answer(Call call) {
            if (!call.path().startsWith("/v2.1/os-quota-sets/")) {
                throw Refusal.notFound("Only quotas are asked for here.");
            }
            return Answer.ok(Json.object("quota_set", Json.object()));
        }

        @Override
        public Answer refused(Call call, Refusal refusal) {
            return Answer.json(refusal.status(), Json.object().put("message", refusal.message()));
        }
    }

    static final String PASSWORD = "verysecret";
    private static final String AGENT_SECRET = "secret";

    private final HttpClient agents = HttpClient.newHttpClient();
    private final Listeners others;
    private final int identityPort;
    private final Server server;

    SmallCloud(Path folder) throws IOException {
        this(folder, "");
    }

    /** {@code more}: what else the server's file says. */
    SmallCloud(Path folder, String more) throws IOException {
        var directory = Directory.lab(Map.of("admin", PASSWORD, "demo", PASSWORD, "neutron", PASSWORD));
        var tokens = new Tokens(directory, Clock.systemUTC(), Duration.ofHours(1));
        identityPort = freePort();
        int networkPort = freePort();
        int computePort = freePort();
        var catalogue = Catalogue.of(identityPort, networkPort, computePort, 9, 9);
        others = Listeners.open(List.of(
                new Listeners.Door(
                        "identity", "127.0.0.1", identityPort, new IdentityService(directory, tokens, catalogue)),
                new Listeners.Door("compute", "127.0.0.1", computePort, new NoQuotas())));
        var file = folder.resolve("neutron.conf");
        Files.writeString(file, """
                [DEFAULT]
                bind_host = 127.0.0.1
                bind_port = %d
                state_path = %s
                notify_nova_on_port_status_changes = false
                [keystone_authtoken]
                auth_url = %s
                username = neutron
                password = %s
                [ml2]
                type_drivers = flat,vlan,vxlan
                tenant_network_types = vxlan,vlan
                mechanism_drivers = linuxbridge,l2population
                [ml2_type_flat]
                flat_networks = physnet2
                [ml2_type_vlan]
                network_vlan_ranges = physnet2:30:33
                [ml2_type_vxlan]
                vni_ranges = 1:1000
                [isospin]
                agent_secret = %s
                """.formatted(networkPort, folder, identityUrl(), PASSWORD, AGENT_SECRET) + more);
        server = Server.start(Settings.read(List.of(file)));
    }

    String serverUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    /** As when Keystone is down. */
    void closeIdentity() {
        others.close();
    }

    String identityUrl() {
        return "http://127.0.0.1:" + identityPort + "/v3";
    }

    /** What an administrator's shell has. */
    Map<String, String> environment(Path home) {
        return Map.ofEntries(
                Map.entry("OS_AUTH_URL", identityUrl()),
                Map.entry("OS_IDENTITY_API_VERSION", "3"),
                Map.entry("OS_USERNAME", "admin"),
                Map.entry("OS_PASSWORD", PASSWORD),
                Map.entry("OS_PROJECT_NAME", "admin"),
                Map.entry("OS_USER_DOMAIN_NAME", Directory.DOMAIN_NAME),
                Map.entry("OS_PROJECT_DOMAIN_NAME", Directory.DOMAIN_NAME),
                Map.entry("OS_REGION_NAME", Directory.REGION),
                Map.entry("HOME", home.toString()),
                Map.entry("PATH", "/usr/bin:/bin"),
                Map.entry("LC_ALL", "C.UTF-8"));
    }

    /** A host whose agents are alive says so. */
    void agentsOf(String host) throws IOException, InterruptedException {
        String agent = """
                {"type": "%s", "binary": "%s", "bridge_mappings": {"physnet2": "eth2"},
                 "tunnel_address": "172.18.0.100", "started_at": "2026-01-01T00:00:00Z", "counts": {}}""";
        String body = """
                {"host": "%s", "ports": [], "agents": [%s, %s]}""".formatted(
                        host,
                        agent.formatted("Linux bridge agent", "neutron-linuxbridge-agent"),
                        agent.formatted("DHCP agent", "neutron-dhcp-agent"));
        report(body);
    }

    /** As agents do. */
    void report(String body) throws IOException, InterruptedException {
        var answer = agents.send(
                HttpRequest.newBuilder(URI.create(serverUrl() + "/isospin/agent/v1/report"))
                        .header("X-Isospin-Agent-Secret", AGENT_SECRET)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 204) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        agents.close();
        server.close();
        others.close();
    }
}
