package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.lab.Cloud;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServersTest extends OnCloud {
    @Test
    void a_booted_server_gets_a_port_bound_to_its_host_and_becomes_active() throws Exception {
        var server = active(boot("web", onNetwork(), ""));
        assertThat(server.path("addresses").path("blue").path(0).path("addr").asString())
                .startsWith("10.9.0.");
        assertThat(cloud.networking.log().getFirst())
                .contains("\"device_id\":\"" + server.path("id").asString());
        assertThat(cloud.networking.log().get(1))
                .contains("\"device_owner\":\"compute:nova\"", "\"binding:host_id\":\"compute01\"");
        assertThat(cloud.driver.done).containsExactly("plug web on compute01", "start web");
        assertThat(server.has("OS-EXT-SRV-ATTR:host")).isFalse();
    }

    @Test
    void servers_spread_over_the_hosts() throws Exception {
        active(boot("a", onNetwork(), ""));
        active(boot("b", onNetwork(), ""));
        assertThat(cloud.driver.done).contains("plug a on compute01", "plug b on compute02");
    }

    @Test
    void an_administrator_names_the_host_and_a_tenant_may_not() throws Exception {
        String zone = ",\"availability_zone\":\"nova:compute02\"";
        active(boot(cloud.token("admin", "demo"), "a", onNetwork(), zone));
        assertThat(cloud.driver.done).contains("plug a on compute02");
        assertThat(boot("b", onNetwork(), zone).statusCode()).isEqualTo(403);
    }

    @Test
    void an_unknown_host_is_no_valid_host_and_nothing_is_left() throws Exception {
        var id = id(boot(cloud.token("admin", "demo"), "a", onNetwork(), ",\"availability_zone\":\"nova:compute99\""));
        var server = awaitStatus(id, "ERROR");
        assertThat(server.path("fault").path("message").asString())
                .isEqualTo("No valid host was found. No such host - host: compute99 node: compute99");
        assertThat(cloud.networking.all()).isEmpty();
    }

    @Test
    void a_port_that_is_never_wired_fails_the_build_and_leaves_nothing() throws Exception {
        cloud.driver.whenPlugged = (guest, vif) -> {};
        var id = id(boot("a", onNetwork(), ""));
        var server = awaitStatus(id, "ERROR");
        assertThat(server.path("fault").path("message").asString())
                .isEqualTo(
                        "Build of instance " + id + " aborted: Failed to allocate the network(s), not rescheduling.");
        assertThat(cloud.networking.all()).isEmpty();
        assertThat(cloud.driver.done).contains("destroy a on compute01").doesNotContain("start a");
    }

    @Test
    void a_host_that_fails_is_left_for_another() throws Exception {
        cloud.driver.broken.add("compute01");
        active(boot("a", onNetwork(), ""));
        assertThat(cloud.driver.done)
                .containsExactly("plug a on compute01", "destroy a on compute01", "plug a on compute02", "start a");
        assertThat(cloud.networking.all()).hasSize(1);
    }

    @Test
    void where_binding_fails_on_every_host_the_hosts_are_exhausted() throws Exception {
        cloud.networking.bindAs("binding_failed");
        var id = id(boot("a", onNetwork(), ""));
        assertThat(awaitStatus(id, "ERROR").path("fault").path("message").asString())
                .startsWith("Exceeded maximum number of retries.");
        assertThat(cloud.networking.all()).isEmpty();
    }

    @Test
    void deleting_a_server_deletes_the_ports_that_compute_made_and_gives_back_the_others() throws Exception {
        var given = cloud.networking.freePort(network, cloud.project("demo"));
        var id = id(boot("a", "[{\"uuid\":\"" + network.id() + "\"},{\"port\":\"" + given.id() + "\"}]", ""));
        awaitStatus(id, "ACTIVE");
        assertThat(cloud.networking.all()).hasSize(2);
        assertThat(call("DELETE", "/servers/" + id, "").statusCode()).isEqualTo(204);
        await().until(() -> call("GET", "/servers/" + id, "").statusCode() == 404);
        assertThat(cloud.networking.all()).singleElement().satisfies(port -> {
            assertThat(port.id()).isEqualTo(given.id());
            assertThat(port.deviceId()).isEmpty();
            assertThat(port.vifType()).isEqualTo("unbound");
        });
    }

    @Test
    void a_server_that_is_still_waiting_for_its_port_can_be_deleted() throws Exception {
        cloud.close();
        open(new Cloud(Duration.ofMinutes(5)));
        cloud.driver.whenPlugged = (guest, vif) -> {};
        var id = id(boot("a", onNetwork(), ""));
        await().until(() -> cloud.driver.done.contains("plug a on compute01"));
        assertThat(call("DELETE", "/servers/" + id, "").statusCode()).isEqualTo(204);
        await().until(() -> call("GET", "/servers/" + id, "").statusCode() == 404);
        assertThat(cloud.networking.all()).isEmpty();
    }

    @Test
    void a_port_in_use_and_an_unknown_network_are_refused_before_anything_is_made() throws Exception {
        var given = cloud.networking.freePort(network, cloud.project("demo"));
        active(boot("a", "[{\"port\":\"" + given.id() + "\"}]", ""));
        var second = boot("b", "[{\"port\":\"" + given.id() + "\"}]", "");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("Port " + given.id() + " is still in use.");
        var third = boot("c", "[{\"uuid\":\"00000000-0000-4000-8000-000000000000\"}]", "");
        assertThat(third.statusCode()).isEqualTo(400);
        assertThat(third.body()).contains("Network 00000000-0000-4000-8000-000000000000 could not be found.");
    }

    @Test
    void two_networks_to_choose_from_are_ambiguous() throws Exception {
        cloud.networking.network("red", cloud.project("admin"), true);
        var response = boot("a", "", "");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("Multiple possible networks found, use a Network ID to be more specific.");
    }

    @Test
    void a_security_group_that_the_lab_has_not_is_refused() throws Exception {
        assertThat(boot("a", onNetwork(), ",\"security_groups\":[{\"name\":\"web\"}]")
                        .statusCode())
                .isEqualTo(400);
        active(boot("a", onNetwork(), ",\"security_groups\":[{\"name\":\"default\"}]"));
    }

    @Test
    void another_projects_server_does_not_exist() throws Exception {
        var id = id(boot("a", onNetwork(), ""));
        awaitStatus(id, "ACTIVE");
        var nova = cloud.send(
                cloud.computePort, "GET", "/v2.1/servers", "", "X-Auth-Token", cloud.token("admin", "admin"));
        assertThat(Cloud.json(nova).path("servers")).isEmpty();
        var all = cloud.send(
                cloud.computePort,
                "GET",
                "/v2.1/servers?all_tenants=1",
                "",
                "X-Auth-Token",
                cloud.token("admin", "admin"));
        assertThat(Cloud.json(all).path("servers")).hasSize(1);
        assertThat(call("GET", "/servers?all_tenants=1", "").statusCode()).isEqualTo(403);
    }

    @Test
    void pages_follow_each_other() throws Exception {
        for (var name : new String[] {"a", "b", "c"}) {
            active(boot(name, onNetwork(), ""));
        }
        var first = Cloud.json(call("GET", "/servers?limit=2&sort_key=display_name&sort_dir=asc", ""));
        assertThat(first.path("servers").valueStream().map(s -> s.path("name").asString()))
                .containsExactly("a", "b");
        String next = first.path("servers_links").path(0).path("href").asString();
        var second = Cloud.json(call("GET", next.substring(next.indexOf("/servers")), ""));
        assertThat(second.path("servers").valueStream().map(s -> s.path("name").asString()))
                .containsExactly("c");
        assertThat(second.has("servers_links")).isFalse();
    }

    @Test
    void the_console_shows_its_last_lines() throws Exception {
        var id = active(boot("a", onNetwork(), "")).path("id").asString();
        var response = call("POST", "/servers/" + id + "/action", "{\"os-getConsoleOutput\":{\"length\":2}}");
        assertThat(Cloud.json(response).path("output").asString()).isEqualTo("two\nthree\n");
    }

    @Test
    void a_port_that_was_deleted_leaves_the_servers_addresses() throws Exception {
        var id = active(boot("a", onNetwork(), "")).path("id").asString();
        var port = cloud.networking.all().getFirst();
        cloud.networking.deletePort("", port.id());
        assertThat(event(port.deviceId(), port.id(), "completed", "network-vif-deleted"))
                .isEqualTo(200);
        await().until(() -> server(id).path("addresses").isEmpty());
    }

    @Test
    void events_for_servers_that_are_not_there_are_not_found() throws Exception {
        cloud.networking.freePort(network, "");
        var port = cloud.networking.all().getFirst();
        assertThat(event("", port.id(), "completed", "network-vif-plugged")).isEqualTo(404);
    }
}
