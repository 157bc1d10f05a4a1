package io.isospin.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another client of the API than the one under test. */
final class Networking implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;
    private final String token;

    private Networking(String server, String token) {
        this.server = server;
        this.token = token;
    }

    /** {@code identity}: Keystone's address, with {@code /v3}. The user's project has the user's name. */
    static Networking as(String user, String password, String identity, String server)
            throws IOException, InterruptedException {
        String body = """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {
                  "name": "%1$s", "password": "%2$s", "domain": {"id": "default"}}}},
                  "scope": {"project": {"name": "%1$s", "domain": {"id": "default"}}}}}""".formatted(user, password);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(identity + "/auth/tokens"))
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return new Networking(
                    server, answer.headers().firstValue("X-Subject-Token").orElseThrow());
        }
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .headers(headers.length == 0 ? new String[] {"X-Auth-Token", token} : headers)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The document in an answer that must not be a refusal. */
    JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        var answer = send(method, path, body);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty()
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(answer.body());
    }

    /** A new network's id. */
    String network(String name) throws IOException, InterruptedException {
        var wanted = JsonMapper.shared().createObjectNode();
        wanted.putObject("network").put("name", name);
        return ask("POST", "/v2.0/networks", wanted.toString())
                .at("/network/id")
                .asString();
    }

    String token() {
        return token;
    }

    @Override
    public void close() {
        http.close();
    }
}
