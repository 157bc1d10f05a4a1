package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The services of the lab that runs on this machine, for its administrator. */
final class RunningLab implements AutoCloseable {
    private static final Path STATE = Path.of("/var/lib/isospin/lab");
    private static final Path RUN = Path.of("/run/isospin-lab");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> services = new HashMap<>();
    private String token = "";

    static RunningLab open() throws IOException, InterruptedException {
        if (!Files.exists(RUN.resolve("ready"))) {
            throw new LabException("No lab is ready; start one with ./isospin lab --detach.");
        }
        var lab = new RunningLab();
        lab.logIn();
        return lab;
    }

    private void logIn() throws IOException, InterruptedException {
        var settings = new HashMap<String, String>();
        for (var line : Files.readAllLines(STATE.resolve("admin-openrc"))) {
            int equals = line.indexOf('=');
            if (line.startsWith("export ") && equals > 0) {
                settings.put(line.substring(7, equals), line.substring(equals + 1));
            }
        }
        var auth = object();
        var identity = auth.putObject("auth").putObject("identity");
        identity.putArray("methods").add("password");
        identity.putObject("password")
                .putObject("user")
                .put("name", "admin")
                .put("password", settings.get("OS_PASSWORD"))
                .putObject("domain")
                .put("name", "Default");
        auth.withObject("/auth/scope/project")
                .put("name", "admin")
                .putObject("domain")
                .put("name", "Default");
        var request = HttpRequest.newBuilder(URI.create(settings.get("OS_AUTH_URL") + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(auth.toString()))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        token = answer.headers()
                .firstValue("X-Subject-Token")
                .orElseThrow(() -> new LabException("The lab does not let its administrator in: " + answer.body()));
        for (var service : JsonMapper.shared().readTree(answer.body()).at("/token/catalog")) {
            services.put(
                    service.path("type").asString(),
                    service.path("endpoints").path(0).path("url").asString());
        }
    }

    /** @param service a type of the catalogue, {@code compute} or {@code network} */
    JsonNode call(String method, String service, String path, JsonNode body) {
        String root = services.getOrDefault(service, "") + (service.equals("network") ? "/v2.0" : "");
        var request = HttpRequest.newBuilder(URI.create(root + path))
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new LabException(method + " " + path + ": HTTP " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? object() : JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new LabException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted");
        }
    }

    JsonNode get(String service, String path) {
        return call("GET", service, path, MissingNode.getInstance());
    }

    void delete(String service, String path) {
        call("DELETE", service, path, MissingNode.getInstance());
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What an instance has written to its console. */
    static String console(String instance) throws IOException {
        var file = STATE.resolve("instances").resolve(instance).resolve("console.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The process that holds a host's namespaces. */
    static long holder(String host) throws IOException {
        return Long.parseLong(Files.readString(RUN.resolve(host + ".pid")).strip());
    }

    @Override
    public void close() {
        http.close();
    }
}
