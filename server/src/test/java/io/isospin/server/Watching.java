package io.isospin.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that watches a collection, and keeps the lines it is told. */
final class Watching implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final List<JsonNode> lines = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    Watching(int port, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .headers(headers)
                .build();
        try {
            response = http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** As a project's member, or administrator. */
    static Watching as(Api api, String project, String role, String path) {
        return new Watching(api.serverPort(), path, "X-Project-Id", project, "X-Roles", role);
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            in.lines().map(line -> JsonMapper.shared().readTree(line)).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // The connection has gone; what was read counts.
        } finally {
            over = true;
        }
    }

    int status() {
        return response.statusCode();
    }

    boolean isOver() {
        return over;
    }

    /** All lines but those that say that nothing has come. */
    List<JsonNode> lines() {
        return lines.stream()
                .filter(line -> !line.path("type").asString().equals("alive"))
                .toList();
    }

    /** What the lines say of a member: {@code created a}, by its name; and {@code synced}. */
    List<String> told(String member) {
        var told = new ArrayList<String>();
        for (var line : lines()) {
            String name = line.at("/" + member + "/name").asString("");
            told.add((line.path("type").asString() + " " + name).strip());
        }
        return told;
    }

    Stream<JsonNode> of(String type) {
        return lines.stream().filter(line -> line.path("type").asString().equals(type));
    }

    /** Where a client goes on that has had all lines so far. */
    long revision() {
        return lines.stream()
                .mapToLong(line -> line.path("revision").asLong(0))
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
