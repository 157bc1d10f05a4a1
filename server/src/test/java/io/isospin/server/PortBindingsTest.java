package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A port's bindings to several hosts, as a live migration uses them. */
class PortBindingsTest {
    private static final String BRIDGE = "Linux bridge agent";

    @TempDir
    Path folder;

    private Api api;
    private String port = "";

    @BeforeEach
    void start() {
        api = Api.in(folder);
        api.report("source", BRIDGE, "");
        api.report("target", BRIDGE, "");
        port = api.port(api.network(""), "\"binding:host_id\": \"source\", \"device_owner\": \"compute:nova\"")
                .path("id")
                .asString();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String path(String rest) {
        return "/v2.0/ports/" + port + "/bindings" + rest;
    }

    private Api.Answer bind(String host) {
        return api.post(path(""), "{\"binding\": {\"host\": \"" + host + "\"}}");
    }

    private JsonNode document() {
        return api.get("/v2.0/ports/" + port).at("/port");
    }

    private static String status(JsonNode bindings, String host) {
        return bindings.valueStream()
                .filter(one -> one.path("host").asString().equals(host))
                .map(one -> one.path("status").asString() + " "
                        + one.path("vif_type").asString())
                .findFirst()
                .orElse("none");
    }

    @Test
    void aSecondBindingWaitsUntilItIsActivated() {
        var made = bind("target");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/binding/status").asString()).isEqualTo("INACTIVE");
        assertThat(made.at("/binding/vif_type").asString()).isEqualTo("bridge");
        assertThat(made.at("/binding/vif_details/port_filter").asBoolean()).isTrue();
        assertThat(made.at("/binding").has("id")).isFalse();
        assertThat(document().path("binding:host_id").asString()).isEqualTo("source");
        var active = api.put(path("/target/activate"), "{}");
        assertThat(active.status()).isEqualTo(200);
        assertThat(active.at("/binding/status").asString()).isEqualTo("ACTIVE");
        assertThat(document().path("binding:host_id").asString()).isEqualTo("target");
        assertThat(document().path("binding:vif_type").asString()).isEqualTo("bridge");
        assertThat(document().path("status").asString()).isEqualTo("DOWN");
        var all = api.get(path("")).at("/bindings");
        assertThat(all).hasSize(2);
        assertThat(status(all, "target")).isEqualTo("ACTIVE bridge");
        assertThat(status(all, "source")).isEqualTo("INACTIVE unbound");
        assertThat(api.get(path("?status=INACTIVE")).at("/bindings")).hasSize(1);
        assertThat(api.delete(path("/source")).status()).isEqualTo(204);
        assertThat(api.get(path("")).at("/bindings")).hasSize(1);
    }

    @Test
    void theTargetsReportMakesAnActivatedPortActive() {
        bind("target");
        String up = "{\"port\":\"" + port + "\",\"entity\":\"l2\",\"up\":true,\"reason\":\"\"}";
        api.report("target", BRIDGE, up);
        assertThat(document().path("status").asString()).isEqualTo("DOWN");
        api.put(path("/target/activate"), "{}");
        api.report("target", BRIDGE, up);
        assertThat(document().path("status").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void wrongBindingsAreRefused() {
        assertThat(bind("source").error())
                .isEqualTo(
                        "409 PortBindingAlreadyExists: Binding for port " + port + " on host source already exists.");
        assertThat(bind("nowhere").error())
                .isEqualTo("500 PortBindingError: Binding for port " + port
                        + " on host nowhere could not be created or updated.");
        assertThat(api.put(path("/source/activate"), "{}").error())
                .isEqualTo("409 PortBindingAlreadyActive: Binding for port " + port
                        + " on host source is already active.");
        assertThat(api.put(path("/target/activate"), "{}").error())
                .isEqualTo(
                        "404 PortBindingNotFound: Binding for port " + port + " for host target could not be found.");
        assertThat(api.get(path("/target")).status()).isEqualTo(404);
        assertThat(api.post(path(""), "{\"binding\": {}}").error()).contains("Required attribute 'host' not specified");
        assertThat(api.as("tenant", "member").get(path("")).status())
                .as("there is no such port for others")
                .isEqualTo(404);
        String router = api.port(api.network(""), "\"device_owner\": \"network:floatingip\"")
                .path("id")
                .asString();
        assertThat(api.get("/v2.0/ports/" + router + "/bindings").error())
                .isEqualTo("400 BadRequest: Bad port request: Invalid port " + router
                        + ". Operation only valid on compute ports.");
    }

    @Test
    void aBindingsProfileIsUpdatedAndTheActiveOnesIsThePorts() {
        bind("target");
        String profile = "{\"binding\": {\"profile\": {\"migrating_to\": \"x\"}}}";
        assertThat(api.put(path("/target"), profile)
                        .at("/binding/profile/migrating_to")
                        .asString())
                .isEqualTo("x");
        assertThat(document().path("binding:profile")).isEmpty();
        api.put(path("/source"), profile);
        assertThat(document().at("/binding:profile/migrating_to").asString()).isEqualTo("x");
        assertThat(api.get(path("/target")).at("/binding/profile/migrating_to").asString())
                .isEqualTo("x");
    }

    @Test
    void deletingTheActiveBindingUnbindsThePort() {
        api.delete(path("/source"));
        assertThat(document().path("binding:vif_type").asString()).isEqualTo("unbound");
        assertThat(document().path("binding:host_id").asString()).isEmpty();
    }

    @Test
    void aMacIsChosenAnewWhereNullIsAskedFor() {
        String before = document().path("mac_address").asString();
        assertThat(api.put("/v2.0/ports/" + port, "{\"port\": {\"mac_address\": null}}")
                        .error())
                .startsWith("409 PortBound: Unable to complete operation on port " + port
                        + ", port is already bound, port type: bridge, old_mac " + before + ", new_mac fa:16:3e:");
        api.put("/v2.0/ports/" + port, "{\"port\": {\"binding:host_id\": \"\"}}");
        String after = api.put("/v2.0/ports/" + port, "{\"port\": {\"mac_address\": null}}")
                .at("/port/mac_address")
                .asString();
        assertThat(after).startsWith("fa:16:3e:").isNotEqualTo(before);
        assertThat(api.port(document().path("network_id").asString(), "\"mac_address\": \"" + before + "\"")
                        .path("mac_address")
                        .asString())
                .as("the old one is free")
                .isEqualTo(before);
    }

    @Test
    void aPortTellsWhatItsExtensionsSay() {
        String network = api.network("");
        var made = api.port(network, "\"propagate_uplink_status\": false, \"device_profile\": \"gpu\"");
        assertThat(made.path("propagate_uplink_status").asBoolean(true)).isFalse();
        assertThat(made.path("device_profile").asString()).isEqualTo("gpu");
        String path = "/v2.0/ports/" + made.path("id").asString();
        assertThat(api.put(path, "{\"port\": {\"propagate_uplink_status\": true}}")
                        .at("/port/propagate_uplink_status")
                        .asBoolean())
                .isTrue();
        assertThat(api.put(path, "{\"port\": {\"data_plane_status\": \"DOWN\"}}")
                        .at("/port/data_plane_status")
                        .asString())
                .isEqualTo("DOWN");
        assertThat(api.put(path, "{\"port\": {\"data_plane_status\": \"AWAY\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(api.port(network, "").path("propagate_uplink_status").asBoolean())
                .isTrue();
    }
}
