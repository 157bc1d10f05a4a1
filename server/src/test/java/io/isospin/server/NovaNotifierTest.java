package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A Nova, with the Keystone that leads to it, that writes down what it is told. */
class NovaNotifierTest {
    private static final String INSTANCE = "11111111-2222-3333-4444-555555555555";

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final HttpServer cloud;

    NovaNotifierTest() throws IOException {
        cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        cloud.createContext("/v3/auth/tokens", this::token);
        cloud.createContext("/compute/os-server-external-events", this::events);
        cloud.start();
    }

    @AfterEach
    void stop() {
        cloud.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + cloud.getAddress().getPort();
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("X-Subject-Token", "token");
        answer(
                exchange,
                201,
                "{\"token\": {\"expires_at\": \"2099-01-01T00:00:00Z\", \"catalog\": [{\"type\": \"compute\", \"endpoints\":"
                        + " [{\"interface\": \"public\", \"region\": \"R\", \"url\": \"" + url() + "/compute\"}]}]}}");
    }

    private void events(HttpExchange exchange) throws IOException {
        var body = JsonMapper.shared().readTree(exchange.getRequestBody());
        if (status.get() == 200) {
            body.path("events")
                    .forEach(event -> told.add(event.path("name").asString() + " "
                            + event.path("tag").asString()));
        }
        answer(exchange, status.get(), "{}");
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Api api(Path own) {
        return Api.in(own, "[nova]", "auth_url = " + url());
    }

    private static String bound(Api api) {
        api.report("compute01", "Linux bridge agent", "");
        String network = api.network("\"provider:network_type\": \"vxlan\"");
        return api.port(
                        network,
                        "\"device_owner\": \"compute:nova\", \"device_id\": \"" + INSTANCE
                                + "\", \"binding:host_id\": \"compute01\"")
                .path("id")
                .asString();
    }

    private static void plug(Api api, String port) {
        api.report(
                "compute01",
                "Linux bridge agent",
                "{\"port\":\"" + port + "\",\"entity\":\"l2\",\"up\":true,\"reason\":\"\"}");
    }

    private void awaitTold(String... events) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told).containsExactly(events));
    }

    @Test
    void aPluggedAndADeletedPortAreTold() {
        try (var api = api(folder)) {
            String port = bound(api);
            plug(api, port);
            awaitTold("network-vif-plugged " + port);
            api.delete("/v2.0/ports/" + port);
            awaitTold("network-vif-plugged " + port, "network-vif-deleted " + port);
        }
    }

    @Test
    void whatNovaDidNotTakeIsToldAgainAlsoByTheNextServer() {
        String port;
        try (var api = api(folder)) {
            port = bound(api);
            plug(api, port);
            awaitTold("network-vif-plugged " + port);
            status.set(503);
            api.delete("/v2.0/ports/" + port);
        }
        status.set(200);
        try (var api = api(folder)) {
            assertThat(api.serverPort()).isPositive();
            awaitTold("network-vif-plugged " + port, "network-vif-deleted " + port);
        }
    }

    @Test
    void ofTwoServersOneTellsAndTheOtherTakesOver() {
        assumeThat(Engine.ofThisRun()).as("a file has one server").isEqualTo(Engine.MARIADB);
        // The folder names the schema: the second server shares it.
        try (var second = api(folder)) {
            String port;
            try (var first = api(folder)) {
                port = bound(first);
                plug(first, port);
                awaitTold("network-vif-plugged " + port);
            }
            second.delete("/v2.0/ports/" + port);
            awaitTold("network-vif-plugged " + port, "network-vif-deleted " + port);
        }
    }
}
