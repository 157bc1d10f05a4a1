package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComputeDecisionsTest {
    private static final String NETWORK = "11111111-1111-4111-8111-111111111111";

    @Test
    void the_version_is_the_first_one_where_none_is_asked_for() {
        assertThat(Microversion.of(call(Map.of()))).isEqualTo(Microversion.MIN);
    }

    @Test
    void the_newer_header_wins_over_the_older() {
        assertThat(Microversion.of(
                        call(Map.of("openstack-api-version", "compute 2.60", "x-openstack-nova-api-version", "2.3"))))
                .isEqualTo(new Microversion(60));
        assertThat(Microversion.of(call(Map.of("openstack-api-version", "volume 3.60"))))
                .isEqualTo(Microversion.MIN);
        assertThat(Microversion.of(call(Map.of("x-openstack-nova-api-version", "latest"))))
                .isEqualTo(Microversion.MAX);
    }

    @Test
    void a_version_that_is_not_spoken_is_not_acceptable_and_nonsense_is_a_bad_request() {
        assertThatThrownBy(() -> Microversion.parse("2.999"))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.status()).isEqualTo(406));
        assertThatThrownBy(() -> Microversion.parse("3.1"))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.status()).isEqualTo(406));
        assertThatThrownBy(() -> Microversion.parse("two"))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.status()).isEqualTo(400));
    }

    @Test
    void networks_are_required_from_2_37_on() {
        var none = Json.parse("{}");
        assertThat(RequestedNetworks.read(none, new Microversion(36))).isEqualTo(new RequestedNetworks.Unspecified());
        assertThatThrownBy(() -> RequestedNetworks.read(none, new Microversion(37)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void networks_are_read_in_all_their_forms() {
        var version = new Microversion(37);
        assertThat(RequestedNetworks.read(Json.parse("{\"networks\":\"auto\"}"), version))
                .isEqualTo(new RequestedNetworks.Auto());
        assertThat(RequestedNetworks.read(Json.parse("{\"networks\":\"none\"}"), version))
                .isEqualTo(new RequestedNetworks.None());
        var listed = (RequestedNetworks.Listed) RequestedNetworks.read(
                Json.parse("{\"networks\":[{\"uuid\":\"" + NETWORK + "\",\"fixed_ip\":\"10.0.0.9\"},{\"port\":\""
                        + NETWORK + "\"}]}"),
                version);
        assertThat(listed.items()).hasSize(2);
        assertThat(listed.items().get(1)).isInstanceOf(RequestedNetworks.GivenPort.class);
    }

    @Test
    void networks_in_no_form_are_refused() {
        for (var text : List.of(
                "\"some\"",
                "3",
                "[3]",
                "[{}]",
                "[{\"uuid\":\"x\"}]",
                "[{\"uuid\":\"" + NETWORK + "\",\"fixed_ip\":\"x\"}]",
                "[{\"port\":\"" + NETWORK + "\",\"fixed_ip\":\"10.0.0.9\"}]",
                "[{\"port\":\"" + NETWORK + "\"},{\"port\":\"" + NETWORK + "\"}]")) {
            assertThatThrownBy(() ->
                            RequestedNetworks.read(Json.parse("{\"networks\":" + text + "}"), new Microversion(37)))
                    .as(text)
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void a_zone_may_name_a_host() {
        assertThat(Placement.of("nova").host()).isEmpty();
        assertThat(Placement.of("nova:compute02").host()).contains("compute02");
        assertThat(Placement.of("nova::compute02").host()).contains("compute02");
        assertThat(Placement.of("nova:compute02:compute02").host()).contains("compute02");
        assertThat(Placement.of("nova:compute02").zone()).contains("nova");
        assertThat(Placement.of(":compute02").zone()).isEmpty();
        assertThatThrownBy(() -> Placement.of("a:b:c:d")).isInstanceOf(Refusal.class);
    }

    @Test
    void of_equally_empty_hosts_the_first_is_taken_and_tried_ones_are_left_out() {
        var scheduler = new Scheduler(new Hosts(Map.of("b", "", "a", ""), Shelf.NONE));
        var tiny = Flavor.ALL.getFirst();
        assertThat(scheduler.choose(tiny, Placement.ANYWHERE, Set.of(), List.of()))
                .contains("a");
        assertThat(scheduler.choose(tiny, Placement.ANYWHERE, Set.of("a"), List.of()))
                .contains("b");
        assertThat(scheduler.choose(tiny, Placement.on("b"), Set.of(), List.of()))
                .contains("b");
        assertThat(scheduler.choose(tiny, Placement.on("b"), Set.of("b"), List.of()))
                .isEmpty();
    }

    @Test
    void a_host_out_of_service_or_without_room_is_taken_only_by_force() {
        var hosts = new Hosts(Map.of("a", "", "b", ""), Shelf.NONE);
        var scheduler = new Scheduler(hosts);
        hosts.disable("a", Optional.of("repair"));
        var tiny = Flavor.ALL.getFirst();
        assertThat(scheduler.choose(tiny, Placement.ANYWHERE, Set.of(), List.of()))
                .contains("b");
        assertThat(scheduler.choose(tiny, Placement.of("nova:a"), Set.of(), List.of()))
                .contains("a");
        hosts.enable("a");
        var huge = Flavor.read(Json.parse("{\"id\":\"x\",\"ram\":" + 2 * Capacity.MEMORY_MIB + "}"));
        assertThat(scheduler.choose(huge, Placement.ANYWHERE, Set.of(), List.of()))
                .isEmpty();
        assertThat(scheduler.noValidHost(Placement.of("nova:mars")))
                .isEqualTo("No valid host was found. No such host - host: mars node: mars");
    }

    @Test
    void a_display_name_becomes_a_host_name() {
        assertThat(Hostname.of("My Web_Server.1", "x")).isEqualTo("my-web-server-1");
        assertThat(Hostname.of("한글", "server-1")).isEqualTo("server-1");
        assertThat(Hostname.of("a".repeat(80), "x")).hasSize(63);
    }

    @Test
    void a_console_is_cut_to_its_last_lines() {
        assertThat(ServerActionsApi.tail("a\nb\nc\n", 2)).isEqualTo("b\nc\n");
        assertThat(ServerActionsApi.tail("", 2)).isEmpty();
        assertThat(ServerActionsApi.tail("a\n", 0)).isEmpty();
    }

    private static Call call(Map<String, String> headers) {
        return new Call("GET", "/", Map.of(), headers, Map.of(), "");
    }
}
