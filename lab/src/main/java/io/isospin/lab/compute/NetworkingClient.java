package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@link Networking} over HTTP. */
public final class NetworkingClient implements Networking, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String endpoint;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** {@code endpoint} without the version, such as {@code http://127.0.0.1:9696}. */
    public NetworkingClient(String endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public List<Network> networks(String token, Map<String, String> filters) {
        return list(token, "networks", filters).stream()
                .map(NetworkingClient::network)
                .toList();
    }

    @Override
    public List<Port> ports(String token, Map<String, String> filters) {
        return list(token, "ports", filters).stream()
                .map(NetworkingClient::port)
                .toList();
    }

    /** How many agents report themselves alive. */
    public long liveAgents(String token) {
        return list(token, "agents", Map.of()).stream()
                .filter(agent -> agent.path("alive").asBoolean(false))
                .count();
    }

    @Override
    public Optional<Port> port(String token, ResourceId id) {
        try {
            return Optional.of(port(send("GET", "/ports/" + id, token, null).path("port")));
        } catch (Failure failure) {
            if (failure.status() == 404) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public Port createPort(String token, ObjectNode port) {
        return port(send("POST", "/ports", token, Json.object("port", port)).path("port"));
    }

    @Override
    public Port updatePort(String token, ResourceId id, ObjectNode changes) {
        return port(
                send("PUT", "/ports/" + id, token, Json.object("port", changes)).path("port"));
    }

    @Override
    public void deletePort(String token, ResourceId id) {
        try {
            send("DELETE", "/ports/" + id, token, null);
        } catch (Failure failure) {
            if (failure.status() != 404) {
                throw failure;
            }
        }
    }

    @Override
    public List<String> boundHosts(String token, ResourceId port) {
        return send("GET", "/ports/" + port + "/bindings", token, null)
                .path("bindings")
                .valueStream()
                .sorted(Comparator.comparing(
                        binding -> !binding.path("status").asString("").equals("ACTIVE")))
                .map(binding -> binding.path("host").asString(""))
                .toList();
    }

    @Override
    public void createBinding(String token, ResourceId port, String host) {
        send(
                "POST",
                "/ports/" + port + "/bindings",
                token,
                Json.object("binding", Json.object().put("host", host)));
    }

    @Override
    public void activateBinding(String token, ResourceId port, String host) {
        send("PUT", "/ports/" + port + "/bindings/" + encode(host) + "/activate", token, null);
    }

    @Override
    public void deleteBinding(String token, ResourceId port, String host) {
        send("DELETE", "/ports/" + port + "/bindings/" + encode(host), token, null);
    }

    @Override
    public int portCount(String token, String project) {
        return list(token, "ports", Map.of("tenant_id", project, "fields", "id"))
                .size();
    }

    @Override
    public int portQuota(String token, String project) {
        return send("GET", "/quotas/" + encode(project), token, null)
                .path("quota")
                .path("port")
                .asInt(-1);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private List<JsonNode> list(String token, String plural, Map<String, String> filters) {
        String query = filters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send("GET", "/" + plural + (query.isEmpty() ? "" : "?" + query), token, null)
                .path(plural)
                .valueStream()
                .toList();
    }

    private ObjectNode send(String method, String path, String token, @Nullable ObjectNode body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(Json.text(body));
        var request = HttpRequest.newBuilder(URI.create(endpoint + "/v2.0" + path))
                .method(method, publisher)
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(PATIENCE)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw failure(response.statusCode(), response.body());
            }
            return response.body().isBlank() ? Json.object() : Json.parse(response.body());
        } catch (IOException e) {
            throw new Failure(503, "ConnectFailure", "Unable to establish connection to " + endpoint + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(503, "ConnectFailure", "Interrupted while waiting for " + endpoint);
        }
    }

    private static Failure failure(int status, String body) {
        return orElse(
                () -> {
                    var error = Json.parse(body).path("NeutronError");
                    return new Failure(
                            status,
                            error.path("type").asString("HTTP" + status),
                            error.path("message").asString("Networking answered " + status + ": " + body));
                },
                new Failure(status, "HTTP" + status, "Networking answered " + status + ": " + body));
    }

    // An error's body may be text of a proxy rather than JSON.
    private static Failure orElse(Supplier<Failure> parsed, Failure plain) {
        try {
            return parsed.get();
        } catch (Refusal notJson) {
            return plain;
        }
    }

    private static Network network(JsonNode node) {
        return new Network(
                new ResourceId(node.path("id").asString()),
                node.path("name").asString(""),
                node.path("tenant_id").asString(node.path("project_id").asString("")),
                node.path("shared").asBoolean(false),
                node.path("router:external").asBoolean(false),
                !node.path("subnets").isEmpty(),
                node.path("mtu").asInt(1500));
    }

    private static Port port(JsonNode node) {
        return new Port(
                new ResourceId(node.path("id").asString()),
                new ResourceId(node.path("network_id").asString()),
                node.path("tenant_id").asString(node.path("project_id").asString("")),
                MacAddress.parse(node.path("mac_address").asString()),
                node.path("fixed_ips")
                        .valueStream()
                        .map(ip -> IpAddress.parse(ip.path("ip_address").asString()))
                        .toList(),
                node.path("device_id").asString(""),
                node.path("binding:vif_type").asString(""),
                node.path("status").asString(""),
                (ObjectNode) node);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
