package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.Cloud;
import io.isospin.lab.RecordingDriver;
import io.isospin.lab.shelf.FileShelf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is done to servers that are there. */
class ServerActionsTest extends OnCloud {
    @TempDir
    private Path directory;

    private String booted() {
        try {
            return active(boot("a", onNetwork(), "")).path("id").asString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void done(String id, String body, String status) throws Exception {
        var response = act(id, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        await().until(
                        () -> server(id),
                        server -> server.path("status").asString().equals(status)
                                && server.path("OS-EXT-STS:task_state").isNull());
    }

    @Test
    void a_server_is_stopped_started_frozen_and_rebooted() throws Exception {
        String id = booted();
        cloud.driver.done.clear();
        done(id, "{\"os-stop\":null}", "SHUTOFF");
        assertThat(server(id).path("OS-EXT-STS:power_state").asInt()).isEqualTo(4);
        done(id, "{\"os-start\":null}", "ACTIVE");
        done(id, "{\"pause\":null}", "PAUSED");
        done(id, "{\"unpause\":null}", "ACTIVE");
        done(id, "{\"suspend\":null}", "SUSPENDED");
        done(id, "{\"resume\":null}", "ACTIVE");
        done(id, "{\"reboot\":{\"type\":\"SOFT\"}}", "ACTIVE");
        assertThat(cloud.driver.done)
                .containsExactly(
                        "stop a", "start a", "pause a", "unpause a", "pause a", "unpause a", "stop a", "start a");
        assertThat(cloud.networking.all()).hasSize(1);
    }

    @Test
    void what_the_state_forbids_is_a_conflict_in_novas_words() throws Exception {
        String id = booted();
        var response = act(id, "{\"os-start\":null}");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(Cloud.json(response)
                        .path("conflictingRequest")
                        .path("message")
                        .asString())
                .isEqualTo("Cannot 'start' instance " + id + " while it is in vm_state active");
    }

    @Test
    void what_the_lab_cannot_do_is_not_implemented_and_nonsense_is_a_bad_request() throws Exception {
        String id = booted();
        assertThat(act(id, "{\"rebuild\":{\"imageRef\":\"x\"}}").statusCode()).isEqualTo(501);
        assertThat(act(id, "{\"resize\":{\"flavorRef\":\"2\"}}").statusCode()).isEqualTo(501);
        assertThat(act(id, "{\"dance\":null}").statusCode()).isEqualTo(400);
        assertThat(act(id, "{\"reboot\":{\"type\":\"odd\"}}").statusCode()).isEqualTo(400);
    }

    @Test
    void a_locked_server_is_left_alone_by_all_but_administrators() throws Exception {
        String id = booted();
        assertThat(act(id, "{\"lock\":null}").statusCode()).isEqualTo(202);
        assertThat(act(id, "{\"os-stop\":null}").body()).contains("Instance " + id + " is locked");
        assertThat(call("DELETE", "/servers/" + id, "").statusCode()).isEqualTo(409);
        assertThat(Cloud.json(asked("demo", "GET", "/servers/" + id, "", 73))
                        .path("server")
                        .path("locked")
                        .asBoolean())
                .isTrue();
        assertThat(act(id, "{\"unlock\":null}").statusCode()).isEqualTo(202);
        done(id, "{\"os-stop\":null}", "SHUTOFF");
    }

    @Test
    void a_server_whose_process_ends_by_itself_is_seen_to_be_off() throws Exception {
        String id = booted();
        cloud.driver.dies(guest(id));
        awaitStatus(id, "SHUTOFF");
        done(id, "{\"os-start\":null}", "ACTIVE");
    }

    private io.isospin.lab.compute.instance.Guest guest(String id) {
        return cloud.compute.instance(new ResourceId(id)).orElseThrow().guest();
    }

    @Test
    void an_interface_is_attached_and_detached_with_its_port() throws Exception {
        String id = booted();
        var response = call(
                "POST",
                "/servers/" + id + "/os-interface",
                "{\"interfaceAttachment\":{\"net_id\":\"" + network.id()
                        + "\",\"fixed_ips\":[{\"ip_address\":\"10.9.0.99\"}]}}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var attachment = Cloud.json(response).path("interfaceAttachment");
        assertThat(attachment.path("fixed_ips").path(0).path("ip_address").asString())
                .isEqualTo("10.9.0.99");
        assertThat(cloud.driver.done).endsWith("attach blue to a");
        assertThat(server(id).path("addresses").path("blue")).hasSize(2);
        String port = attachment.path("port_id").asString();
        assertThat(call("DELETE", "/servers/" + id + "/os-interface/" + port, "")
                        .statusCode())
                .isEqualTo(202);
        await().until(() -> cloud.networking.all().size() == 1);
        assertThat(cloud.driver.done).endsWith("detach blue from a");
        await().until(() -> server(id).path("addresses").path("blue").size() == 1);
        assertThat(call("DELETE", "/servers/" + id + "/os-interface/" + port, "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_attachment_that_cannot_be_is_refused_in_novas_words_and_leaves_nothing() throws Exception {
        String id = booted();
        var taken = cloud.networking.all().getFirst();
        String none = "00000000-0000-4000-8000-000000000000";
        refused(id, "\"port_id\":\"" + taken.id() + "\"", 409, "Port " + taken.id() + " is still in use.");
        refused(id, "\"port_id\":\"" + none + "\"", 404, "Port id " + none + " could not be found.");
        refused(id, "\"net_id\":\"" + none + "\"", 404, "Network " + none + " could not be found.");
        refused(
                id,
                "\"net_id\":\"" + none + "\",\"port_id\":\"" + none + "\"",
                400,
                "Must not input both network_id and port_id");
        refused(
                id,
                "\"fixed_ips\":[{\"ip_address\":\"10.9.0.9\"}]",
                400,
                "Must input network_id when request IP address");
        refused(
                id,
                "\"net_id\":\"" + network.id() + "\",\"fixed_ips\":[{\"ip_address\":\""
                        + taken.addresses().getFirst() + "\"}]",
                409,
                "Fixed IP address " + taken.addresses().getFirst() + " is already in use on instance " + id + ".");
        cloud.driver.broken.add("compute01");
        refused(id, "\"net_id\":\"" + network.id() + "\"", 500, "Failed to attach network adapter device to " + id);
        cloud.driver.broken.clear();
        cloud.driver.whenPlugged = (guest, vif) -> {};
        refused(id, "\"net_id\":\"" + network.id() + "\"", 500, "Failed to attach network adapter device to " + id);
        cloud.networking.quota(1);
        refused(id, "\"net_id\":\"" + network.id() + "\"", 403, "Maximum number of ports exceeded");
        assertThat(cloud.networking.all()).hasSize(1);
        assertThat(server(id).path("addresses").path("blue")).hasSize(1);
    }

    private void refused(String id, String body, int status, String message) throws Exception {
        var response = call("POST", "/servers/" + id + "/os-interface", "{\"interfaceAttachment\":{" + body + "}}");
        assertThat(response.statusCode()).as(body + response.body()).isEqualTo(status);
        assertThat(response.body()).contains(message);
    }

    @Test
    void a_server_moves_to_another_host_by_a_waiting_binding() throws Exception {
        String id = booted();
        cloud.driver.done.clear();
        moved(id, "{\"os-migrateLive\":{\"host\":\"compute02\",\"block_migration\":\"auto\"}}", "ACTIVE", "compute02");
        assertThat(cloud.driver.done)
                .containsExactly("pause a", "plug a on compute02", "start a", "destroy a on compute01");
        assertThat(cloud.networking.log())
                .containsSubsequence("bind to compute02", "activate on compute02", "unbind from compute01");
        assertThat(server(id).path("OS-EXT-STS:task_state").isNull()).isTrue();
    }

    private void moved(String id, String body, String status, String host) throws Exception {
        var response = asked("admin", "POST", "/servers/" + id + "/action", body, 56);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        await().until(
                        () -> byAdmin(id),
                        server -> server.path("status").asString().equals(status)
                                && server.path("OS-EXT-SRV-ATTR:host")
                                        .asString("")
                                        .equals(host));
    }

    private JsonNode byAdmin(String id) throws Exception {
        return Cloud.json(asked("admin", "GET", "/servers/" + id, "", 56)).path("server");
    }

    @Test
    void a_cold_move_waits_for_the_word_that_it_may_stay_and_can_be_taken_back() throws Exception {
        String id = booted();
        moved(id, "{\"migrate\":null}", "VERIFY_RESIZE", "compute02");
        moved(id, "{\"revertResize\":null}", "ACTIVE", "compute01");
        moved(id, "{\"migrate\":{\"host\":\"compute02\"}}", "VERIFY_RESIZE", "compute02");
        assertThat(act(id, "{\"confirmResize\":null}").statusCode()).isEqualTo(204);
        assertThat(byAdmin(id).path("status").asString()).isEqualTo("ACTIVE");
        var migrations =
                Cloud.json(asked("admin", "GET", "/os-migrations", "", 80)).path("migrations");
        assertThat(migrations.valueStream().map(one -> one.path("status").asString()))
                .containsExactly("confirmed", "reverted");
    }

    @Test
    void a_move_that_fails_leaves_the_server_where_it_was() throws Exception {
        String id = booted();
        cloud.driver.broken.add("compute02");
        cloud.driver.done.clear();
        var response = asked(
                "admin",
                "POST",
                "/servers/" + id + "/action",
                "{\"os-migrateLive\":{\"host\":null,\"block_migration\":\"auto\"}}",
                56);
        assertThat(response.statusCode()).isEqualTo(202);
        await().until(() -> Cloud.json(asked("admin", "GET", "/os-migrations", "", 80))
                .path("migrations")
                .path(0)
                .path("status")
                .asString("")
                .equals("error"));
        await().until(
                        () -> byAdmin(id),
                        server -> server.path("status").asString().equals("ACTIVE"));
        assertThat(byAdmin(id).path("OS-EXT-SRV-ATTR:host").asString()).isEqualTo("compute01");
        assertThat(cloud.driver.done)
                .containsExactly("pause a", "plug a on compute02", "destroy a on compute02", "unpause a");
        assertThat(cloud.networking.boundHosts(
                        "", cloud.networking.all().getFirst().id()))
                .containsExactly("compute01");
        var same = asked(
                "admin",
                "POST",
                "/servers/" + id + "/action",
                "{\"os-migrateLive\":{\"host\":\"compute01\",\"block_migration\":\"auto\"}}",
                56);
        assertThat(same.statusCode()).isEqualTo(400);
        assertThat(same.body()).contains("Unable to migrate instance (" + id + ") to current host (compute01).");
        assertThat(act(id, "{\"os-migrateLive\":{\"host\":null,\"block_migration\":\"auto\"}}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_was_done_is_written_down() throws Exception {
        String id = booted();
        done(id, "{\"os-stop\":null}", "SHUTOFF");
        await().until(() -> Cloud.json(call("GET", "/servers/" + id + "/os-instance-actions", ""))
                .path("instanceActions")
                .valueStream()
                .map(action -> action.path("action").asString())
                .toList()
                .equals(List.of("stop", "create")));
        String request = Cloud.json(call("GET", "/servers/" + id + "/os-instance-actions", ""))
                .path("instanceActions")
                .path(0)
                .path("request_id")
                .asString();
        await().until(() -> Cloud.json(
                        asked("demo", "GET", "/servers/" + id + "/os-instance-actions/" + request, "", 62))
                .path("instanceAction")
                .path("events")
                .path(0)
                .path("result")
                .asString("")
                .equals("Success"));
    }

    @Test
    void a_build_goes_on_unwired_where_that_is_not_fatal_or_nobody_waits() throws Exception {
        for (var plugging :
                List.of(new VifPlugging(Duration.ofMillis(50), false), new VifPlugging(Duration.ZERO, true))) {
            close();
            open(new Cloud(plugging, io.isospin.lab.shelf.Shelf.NONE));
            cloud.driver.whenPlugged = (guest, vif) -> {};
            active(boot("a", onNetwork(), ""));
        }
    }

    @Test
    void servers_keys_flavors_and_quotas_outlive_a_compute_that_was_killed() throws Exception {
        close();
        open(new Cloud(new VifPlugging(Duration.ofSeconds(2), true), new FileShelf(directory)));
        assertThat(asked(
                                "admin",
                                "POST",
                                "/flavors",
                                "{\"flavor\":{\"name\":\"f\",\"id\":\"f\",\"ram\":64,\"vcpus\":1,\"disk\":0}}",
                                1)
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("POST", "/os-keypairs", "{\"keypair\":{\"name\":\"k\"}}")
                        .statusCode())
                .isEqualTo(200);
        String running = booted();
        String stopped = active(boot("b", onNetwork(), ",\"key_name\":\"k\",\"user_data\":\"ZWNobw==\""))
                .path("id")
                .asString();
        done(stopped, "{\"os-stop\":null}", "SHUTOFF");
        assertThat(asked(
                                "admin",
                                "PUT",
                                "/os-quota-sets/" + cloud.project("demo"),
                                "{\"quota_set\":{\"instances\":3}}",
                                1)
                        .statusCode())
                .isEqualTo(200);
        String frozen = active(boot("d", onNetwork(), "")).path("id").asString();
        done(frozen, "{\"pause\":null}", "PAUSED");
        var before = cloud;
        // The ports are still there, as Networking lives on.
        cloud = new Cloud(
                new VifPlugging(Duration.ofSeconds(2), true),
                new FileShelf(directory),
                before.networking,
                new RecordingDriver());
        before.close();
        awaitStatus(running, "ACTIVE");
        assertThat(awaitStatus(stopped, "SHUTOFF").path("key_name").asString()).isEqualTo("k");
        await().until(() ->
                cloud.driver.done.containsAll(List.of("plug a on compute01", "start a", "plug b on compute02")));
        // Its memory is lost, so it is off: as Nova has it after a host's reboot.
        awaitStatus(frozen, "SHUTOFF");
        assertThat(cloud.driver.done).doesNotContain("start b", "start d");
        assertThat(call("GET", "/flavors/f", "").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/os-keypairs/k", "").statusCode()).isEqualTo(200);
        assertThat(boot("c", onNetwork(), "").body())
                .contains("Quota exceeded for instances: Requested 1, but already used 3 of 3 instances");
    }
}
