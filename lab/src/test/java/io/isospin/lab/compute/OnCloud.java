package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.Cloud;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.Vif;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A cloud in memory, and a network of the project demo in it, whose user asks. */
abstract class OnCloud {
    Cloud cloud;
    Networking.Network network;
    String image;

    @BeforeEach
    void open() throws Exception {
        open(new Cloud(Duration.ofSeconds(2)));
    }

    final void open(Cloud opened) throws IOException, InterruptedException {
        cloud = opened;
        network = cloud.networking.network("blue", cloud.project("demo"), false);
        cloud.driver.whenPlugged = this::wired;
        var images = cloud.send(
                cloud.imagePort, "GET", "/v2/images?name=cirros", "", "X-Auth-Token", cloud.token("demo", "demo"));
        image = Cloud.json(images).path("images").path(0).path("id").asString();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    /** Networking's word that a port is wired, sent as the server sends it. */
    private void wired(Guest guest, Vif vif) {
        try {
            event(guest.id().value(), vif.port(), "completed", "network-vif-plugged");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int event(String server, ResourceId port, String status, String name) throws IOException, InterruptedException {
        return cloud.send(
                        cloud.computePort,
                        "POST",
                        "/v2.1/os-server-external-events",
                        "{\"events\":[{\"name\":\"" + name + "\",\"server_uuid\":\"" + server + "\",\"tag\":\"" + port
                                + "\",\"status\":\"" + status + "\"}]}",
                        "X-Auth-Token",
                        cloud.token("nova", "service"))
                .statusCode();
    }

    String onNetwork() {
        return "[{\"uuid\":\"" + network.id() + "\"}]";
    }

    HttpResponse<String> boot(String name, String networks, String more) throws IOException, InterruptedException {
        return boot(cloud.token("demo", "demo"), name, networks, more);
    }

    HttpResponse<String> boot(String token, String name, String networks, String more)
            throws IOException, InterruptedException {
        String body = "{\"server\":{\"name\":\"" + name + "\",\"imageRef\":\"" + image + "\",\"flavorRef\":\"1\""
                + (networks.isEmpty() ? "" : ",\"networks\":" + networks) + more + "}}";
        return cloud.send(cloud.computePort, "POST", "/v2.1/servers", body, "X-Auth-Token", token);
    }

    HttpResponse<String> asked(String user, String method, String path, String body, int minor)
            throws IOException, InterruptedException {
        return cloud.send(
                cloud.computePort,
                method,
                "/v2.1" + path,
                body,
                "X-Auth-Token",
                cloud.token(user, "demo"),
                "OpenStack-API-Version",
                "compute 2." + minor);
    }

    HttpResponse<String> act(String id, String body) throws IOException, InterruptedException {
        return call("POST", "/servers/" + id + "/action", body);
    }

    HttpResponse<String> call(String method, String path, String body) throws IOException, InterruptedException {
        return cloud.send(cloud.computePort, method, "/v2.1" + path, body, "X-Auth-Token", cloud.token("demo", "demo"));
    }

    static String id(HttpResponse<String> boot) {
        assertThat(boot.statusCode()).as(boot.body()).isEqualTo(202);
        return Cloud.json(boot).path("server").path("id").asString();
    }

    JsonNode active(HttpResponse<String> boot) {
        return awaitStatus(id(boot), "ACTIVE");
    }

    JsonNode awaitStatus(String id, String status) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> server(id),
                        server -> server.path("status").asString().equals(status));
    }

    JsonNode server(String id) throws IOException, InterruptedException {
        return Cloud.json(call("GET", "/servers/" + id, "")).path("server");
    }
}
