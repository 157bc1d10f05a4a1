package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.lab.Cloud;
import org.junit.jupiter.api.Test;

class AggregatesTest extends OnCloud {
    @Test
    void an_aggregate_with_a_zone_makes_its_hosts_that_zone() throws Exception {
        var made = asked(
                "admin",
                "POST",
                "/os-aggregates",
                "{\"aggregate\":{\"name\":\"racks\",\"availability_zone\":\"east\"}}",
                41);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(Cloud.json(made).at("/aggregate/availability_zone").asString())
                .isEqualTo("east");
        assertThat(Cloud.json(made).at("/aggregate/uuid").asString()).hasSize(36);
        refused(boot("x", onNetwork(), ",\"availability_zone\":\"east\"").statusCode(), 400);
        assertThat(act("{\"add_host\":{\"host\":\"compute02\"}}")).isEqualTo(200);
        assertThat(act("{\"add_host\":{\"host\":\"compute02\"}}")).isEqualTo(409);
        assertThat(act("{\"add_host\":{\"host\":\"mars\"}}")).isEqualTo(404);

        var east = active(boot("east", onNetwork(), ",\"availability_zone\":\"east\""));
        assertThat(east.path("OS-EXT-AZ:availability_zone").asString()).isEqualTo("east");
        var again = active(boot("again", onNetwork(), ",\"availability_zone\":\"east\""));
        assertThat(again.path("OS-EXT-AZ:availability_zone").asString()).isEqualTo("east");
        var nova = active(boot("nova", onNetwork(), ",\"availability_zone\":\"nova\""));
        assertThat(nova.path("OS-EXT-AZ:availability_zone").asString()).isEqualTo("nova");
        assertThat(asked("demo", "GET", "/os-availability-zone", "", 1).body()).contains("\"east\"", "\"nova\"");

        String hypervisors = "/os-hypervisors?with_servers=True&hypervisor_hostname_pattern=compute0";
        assertThat(asked("admin", "GET", hypervisors, "", 53).body())
                .contains(east.path("id").asString(), nova.path("id").asString(), "instance-00000001");
        assertThat(asked("admin", "GET", "/os-hypervisors", "", 53).body()).doesNotContain("servers");

        var stays = asked(
                "admin",
                "POST",
                "/os-aggregates/1/action",
                "{\"set_metadata\":{\"metadata\":{\"availability_zone\":\"west\"}}}",
                1);
        assertThat(stays.statusCode()).isEqualTo(400);
        assertThat(stays.body()).contains("One or more hosts contain instances in this zone.");
        assertThat(act("{\"set_metadata\":{\"metadata\":{\"ssd\":\"true\"}}}")).isEqualTo(200);
        assertThat(asked("admin", "GET", "/os-aggregates", "", 1).body()).contains("\"ssd\":\"true\"", "compute02");
    }

    @Test
    void aggregates_are_for_administrators_have_names_of_their_own_and_go_when_they_are_empty() throws Exception {
        String body = "{\"aggregate\":{\"name\":\"racks\"}}";
        refused(asked("demo", "POST", "/os-aggregates", body, 1).statusCode(), 403);
        assertThat(asked("admin", "POST", "/os-aggregates", body, 1).statusCode())
                .isEqualTo(200);
        refused(asked("admin", "POST", "/os-aggregates", body, 1).statusCode(), 409);
        assertThat(act("{\"add_host\":{\"host\":\"compute01\"}}")).isEqualTo(200);
        refused(asked("admin", "DELETE", "/os-aggregates/1", "", 1).statusCode(), 400);
        assertThat(act("{\"remove_host\":{\"host\":\"compute01\"}}")).isEqualTo(200);
        assertThat(act("{\"remove_host\":{\"host\":\"compute01\"}}")).isEqualTo(404);
        assertThat(asked("admin", "DELETE", "/os-aggregates/1", "", 1).statusCode())
                .isEqualTo(200);
        refused(asked("admin", "GET", "/os-aggregates/1", "", 1).statusCode(), 404);
    }

    private int act(String body) throws Exception {
        return asked("admin", "POST", "/os-aggregates/1/action", body, 1).statusCode();
    }

    private static void refused(int status, int wanted) {
        assertThat(status).isEqualTo(wanted);
    }
}
