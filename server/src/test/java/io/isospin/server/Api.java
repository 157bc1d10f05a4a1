package io.isospin.server;

import io.isospin.core.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A server over a file in a folder, and a client of it. */
final class Api implements AutoCloseable {
    private static final String CONFIG = """
            [DEFAULT]
            auth_strategy = noauth
            bind_host = 127.0.0.1
            bind_port = 0
            state_path = FOLDER
            [database]
            connection = CONNECTION
            [ml2]
            type_drivers = flat,vlan,vxlan
            tenant_network_types = vxlan,vlan
            [ml2_type_flat]
            flat_networks = physnet2
            [ml2_type_vlan]
            network_vlan_ranges = physnet2:30:33
            [ml2_type_vxlan]
            vni_ranges = 1:1000
            [isospin]
            agent_secret = secret
            """;

    /** What the API's description promises: every answer that a test gets is held against it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Described CONTRACT = new Described();

    private final Server server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String project;
    private final String roles;

    private Api(Server server, String project, String roles) {
        this.server = server;
        this.project = project;
        this.roles = roles;
    }

    /** The file of a server that keeps its data in a folder, or in the schema that stands for it. */
    static String config(Path folder) {
        return CONFIG.replace("FOLDER", folder.toString())
                .replace("CONNECTION", Engine.ofThisRun().connection(folder));
    }

    /** An administrator's client of a new server. */
    static Api in(Path folder, String... more) {
        try {
            var file = folder.resolve("neutron.conf");
            Files.writeString(file, config(folder) + String.join("\n", more));
            return new Api(Server.start(Settings.read(List.of(file))), "admin", "admin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An administrator's client of a server, which it closes. */
    static Api of(Server server) {
        return new Api(server, "admin", "admin");
    }

    /** A client in another project with other roles; closing it closes the one server. */
    Api as(String otherProject, String otherRoles) {
        return new Api(server, otherProject, otherRoles);
    }

    int serverPort() {
        return server.port();
    }

    /** What servers say of themselves: the same for all whose settings do not change it. */
    private static final class Described {
        private final Map<Server, Contract> byServer = new WeakHashMap<>();
        private final Map<String, Contract> byText = new HashMap<>();

        synchronized Contract get(Api api) {
            return byServer.computeIfAbsent(
                    api.server,
                    server -> byText.computeIfAbsent(
                            text(api), text -> new Contract(JsonMapper.shared().readTree(text))));
        }

        private static String text(Api api) {
            try {
                var request = HttpRequest.newBuilder(api.uri("/openapi.json")).build();
                return api.http.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** What the API's description says, with the answers so far held against it. */
    Contract contract() {
        return CONTRACT.get(this);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        JsonNode at(String pointer) {
            return body.at(pointer);
        }

        String error() {
            return status + " " + body.at("/NeutronError/type").asString("") + ": "
                    + body.at("/NeutronError/message").asString("");
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String json) {
        return send("POST", path, json);
    }

    Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, @Nullable String json, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .header("X-Project-Id", project)
                .header("X-Roles", roles);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            var body = response.body().startsWith("{")
                    ? JsonMapper.shared().readTree(response.body())
                    : MissingNode.getInstance();
            CONTRACT.get(this).check(method, path, response.statusCode(), response.body());
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new network's id. */
    String network(String attributes) {
        return created("network", attributes);
    }

    /** A new subnet's id. */
    String subnet(String network, String cidr, String attributes) {
        int version = cidr.indexOf(':') >= 0 ? 6 : 4;
        String more = attributes.isEmpty() ? "" : ", " + attributes;
        return created(
                "subnet",
                "\"network_id\": \"" + network + "\", \"cidr\": \"" + cidr + "\", \"ip_version\": " + version + more);
    }

    /** A new port's document. */
    JsonNode port(String network, String attributes) {
        String more = attributes.isEmpty() ? "" : ", " + attributes;
        var answer = post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\"" + more + "}}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.error());
        }
        return answer.at("/port");
    }

    private String created(String member, String attributes) {
        var answer = post("/v2.0/" + member + "s", "{\"" + member + "\": {" + attributes + "}}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.error());
        }
        return answer.at("/" + member + "/id").asString();
    }

    /** Reports as an agent host does. */
    void report(String host, String kind, String ports) {
        report(host, kind, ports, "nova");
    }

    /** 172.18.0.101 for compute01; 172.18.0.100 for a host without a number. */
    private static String tunnel(String host) {
        String number = host.replaceAll("\\D", "");
        return "172.18.0." + (100 + (number.isEmpty() ? 0 : Integer.parseInt(number)));
    }

    /** Reports as an agent host in an availability zone does. */
    void report(String host, String kind, String ports, String zone) {
        boolean bridge = kind.startsWith("Linux");
        String agent = bridge
                ? "{\"type\":\"Linux bridge agent\",\"binary\":\"neutron-linuxbridge-agent\",\"bridge_mappings\":"
                        + "{\"physnet2\":\"eth2\"},\"tunnel_address\":\"" + tunnel(host)
                        + "\",\"started_at\":\"2026-01-01T00:00:00Z\",\"counts\":{}}"
                : "{\"type\":\"DHCP agent\",\"binary\":\"neutron-dhcp-agent\",\"bridge_mappings\":{},"
                        + "\"availability_zone\":\"" + zone + "\","
                        + "\"started_at\":\"2026-01-01T00:00:00Z\",\"counts\":{}}";
        var answer = send(
                "POST",
                "/isospin/agent/v1/report",
                "{\"host\":\"" + host + "\",\"agents\":[" + agent + "],\"ports\":[" + ports + "]}",
                "X-Isospin-Agent-Secret",
                "secret");
        if (answer.status() != 204) {
            throw new AssertionError(answer.raw().body());
        }
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
