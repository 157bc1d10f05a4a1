package io.isospin.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keystone and Networking on one loopback port, with answers by request line; it remembers what it was asked. */
final class StubCloud implements AutoCloseable {
    private record Canned(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Canned> answers = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();

    StubCloud() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answer("POST /identity/v3/auth/tokens", 201, """
                {"token":{"project":{"id":"t1"},"roles":[{"name":"admin"}],"catalog":[{"type":"network","endpoints":[
                {"interface":"internal","region_id":"one","url":"http://127.0.0.1:1"},
                {"interface":"public","region_id":"one","url":"%s"}]}]}}""".formatted(url()));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param request like {@code GET /v2.0/networks?name=x} */
    void answer(String request, int status, String body) {
        answers.put(request, new Canned(status, body));
    }

    /** Request lines in order, with their bodies behind them. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(body.isEmpty() ? line : line + " " + body);
        var canned = answers.getOrDefault(
                line,
                new Canned(
                        404,
                        "{\"NeutronError\":{\"type\":\"NotFound\",\"message\":\"no " + line + "\",\"detail\":\"\"}}"));
        exchange.getResponseHeaders().set("X-Subject-Token", "secret");
        byte[] bytes = canned.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
