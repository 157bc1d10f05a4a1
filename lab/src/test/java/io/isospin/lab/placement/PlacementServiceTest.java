package io.isospin.lab.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.lab.Cloud;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PlacementServiceTest {
    private final Cloud cloud = new Cloud(Duration.ofSeconds(1));

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void what_an_instance_has_is_its_hosts_usage() throws Exception {
        String image = cloud.send(
                        cloud.imagePort,
                        "GET",
                        "/v2/images?name=cirros",
                        "",
                        "X-Auth-Token",
                        cloud.token("demo", "demo"))
                .body()
                .replaceAll("(?s).*\"id\":\"([^\"]*)\".*", "$1");
        var boot = cloud.send(
                cloud.computePort,
                "POST",
                "/v2.1/servers",
                "{\"server\":{\"name\":\"x\",\"flavorRef\":\"2\",\"networks\":\"none\",\"imageRef\":\"" + image
                        + "\"}}",
                "X-Auth-Token",
                cloud.token("demo", "demo"),
                "OpenStack-API-Version",
                "compute 2.37");
        assertThat(boot.statusCode()).as(boot.body()).isEqualTo(202);
        String server = Cloud.json(boot).at("/server/id").asString();
        await().until(() -> !cloud.compute.instances().getFirst().host().isEmpty());

        var provider = get("/resource_providers?name=compute01", 200).at("/resource_providers/0");
        String path = "/resource_providers/" + provider.path("uuid").asString();
        assertThat(get(path + "/inventories", 200).at("/inventories/VCPU/total").asInt())
                .isEqualTo(16);
        assertThat(get(path + "/usages", 200).at("/usages/MEMORY_MB").asInt()).isEqualTo(2048);
        var resources = get("/allocations/" + server, 200)
                .path("allocations")
                .path(provider.path("uuid").asString())
                .path("resources");
        assertThat(resources.path("VCPU").asInt()).isEqualTo(1);
        assertThat(resources.path("DISK_GB").asInt()).isEqualTo(20);
        assertThat(get(path + "/allocations", 200).path("allocations").has(server))
                .isTrue();
        assertThat(get("/usages?project_id=" + cloud.project("demo"), 200)
                        .at("/usages/VCPU")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("/allocation_candidates?resources=VCPU:1,MEMORY_MB:63000", 200)
                        .path("allocation_requests"))
                .hasSize(2);
        assertThat(get("/allocation_candidates?resources=VCPU:17", 200).path("allocation_requests"))
                .isEmpty();
    }

    @Test
    void what_is_not_there_or_not_for_everyone_is_refused() throws Exception {
        assertThat(get("/allocations/00000000-0000-4000-8000-000000000000", 200).path("allocations"))
                .isEmpty();
        assertThat(get("/resource_providers/none", 404).at("/errors/0/detail").asString())
                .isEqualTo("No resource provider with uuid none found");
        assertThat(get("/allocation_candidates?resources=much", 400)
                        .at("/errors/0/title")
                        .asString())
                .isEqualTo("Bad Request");
        var newer = cloud.send(
                cloud.placementPort,
                "GET",
                "/resource_providers",
                "",
                "X-Auth-Token",
                cloud.token("admin", "admin"),
                "OpenStack-API-Version",
                "placement 1.39");
        assertThat(newer.statusCode()).isEqualTo(406);
        assertThat(Cloud.json(newer).at("/errors/0/max_version").asString()).isEqualTo("1.12");
        assertThat(cloud.send(
                                cloud.placementPort,
                                "GET",
                                "/resource_providers",
                                "",
                                "X-Auth-Token",
                                cloud.token("demo", "demo"))
                        .statusCode())
                .isEqualTo(403);
    }

    private JsonNode get(String path, int status) throws Exception {
        var answer = cloud.send(
                cloud.placementPort,
                "GET",
                path,
                "",
                "X-Auth-Token",
                cloud.token("admin", "admin"),
                "OpenStack-API-Version",
                "placement 1.12");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Cloud.json(answer);
    }
}
