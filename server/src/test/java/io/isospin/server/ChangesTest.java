package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChangesTest {
    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private List<JsonNode> changes(String query) {
        return api.get("/v2.0/changes" + query).at("/changes").valueStream().toList();
    }

    private static String told(JsonNode change) {
        var text = new StringBuilder(change.path("type").asString())
                .append(' ')
                .append(change.path("object_type").asString());
        change.path("changed")
                .forEach(one -> text.append(' ')
                        .append(one.path("attribute").asString())
                        .append(' ')
                        .append(one.path("before").asString())
                        .append("->")
                        .append(one.path("after").asString()));
        return text.toString();
    }

    private void rename(String network, String name) {
        api.put("/v2.0/networks/" + network, "{\"network\": {\"name\": \"" + name + "\"}}");
    }

    private static String report(String port, String entity, boolean up, String reason) {
        return "{\"port\":\"" + port + "\",\"entity\":\"" + entity + "\",\"up\":" + up + ",\"reason\":\"" + reason
                + "\"}";
    }

    @Test
    void whatWasDoneIsThereWithItsTimeTheUserAndTheRequest() {
        var before = Instant.now();
        var answer = api.send(
                "POST",
                "/v2.0/networks",
                "{\"network\": {\"name\": \"a\"}}",
                "X-User-Id",
                "u1",
                "X-User-Name",
                "Ann",
                "X-Project-Id",
                "admin");
        String network = answer.at("/network/id").asString();
        var change = changes("?object_id=" + network).getFirst();
        assertThat(told(change)).isEqualTo("created network");
        assertThat(change.path("object_name").asString()).isEqualTo("a");
        assertThat(change.path("network_id").asString()).isEqualTo(network);
        assertThat(change.path("project_id").asString()).isEqualTo("admin");
        assertThat(change.path("user_id").asString()).isEqualTo("u1");
        assertThat(change.path("user_name").asString()).isEqualTo("Ann");
        assertThat(change.path("host").isNull()).isTrue();
        assertThat(change.path("request_id").asString())
                .isEqualTo(answer.raw()
                        .headers()
                        .firstValue("X-Openstack-Request-Id")
                        .orElseThrow());
        assertThat(Instant.parse(change.path("created_at").asString()))
                .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
    }

    @Test
    void eachChangeTellsWhatWasBeforeAndAfterIt() {
        String network = api.network("\"name\": \"a\"");
        rename(network, "b");
        rename(network, "c");
        api.delete("/v2.0/networks/" + network);
        assertThat(changes("?object_id=" + network).stream().map(ChangesTest::told))
                .containsExactly(
                        "deleted network", "updated network name b->c", "updated network name a->b", "created network");
        assertThat(changes("?object_id=" + network).stream()
                        .map(one -> one.path("object_name").asString()))
                .containsExactly("c", "c", "b", "a");
    }

    @Test
    void ofListsOnlyWhatWentAndWhatCameIsTold() {
        String network = api.network("");
        api.put("/v2.0/networks/" + network + "/tags", "{\"tags\": [\"a\", \"b\"]}");
        api.put("/v2.0/networks/" + network + "/tags", "{\"tags\": [\"b\", \"c\"]}");
        var changed = changes("?object_id=" + network).getFirst().at("/changed/0");
        assertThat(changed.path("attribute").asString()).isEqualTo("tags");
        assertThat(changed.path("before").toString()).isEqualTo("[\"a\"]");
        assertThat(changed.path("after").toString()).isEqualTo("[\"c\"]");
    }

    @Test
    void aPortsLifeIsToldWithTheAnswerOfEachHost() {
        api.report("compute01", "Linux bridge agent", "");
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "");
        api.report("network1", "DHCP agent", "");
        String port = api.port(network, "\"name\": \"web\", \"binding:host_id\": \"compute01\"")
                .path("id")
                .asString();
        api.report("compute01", "Linux bridge agent", report(port, "L2", false, "no such interface: eth2"));
        api.report("network1", "DHCP agent", report(port, "DHCP", true, ""));
        api.report("compute01", "Linux bridge agent", report(port, "L2", true, ""));
        var life = changes("?object_id=" + port);
        assertThat(life.stream().map(one -> told(one) + " " + one.path("host").asString("")))
                .containsExactly(
                        "updated port status DOWN->ACTIVE compute01",
                        "reported port network1",
                        "reported port compute01",
                        "created port ");
        assertThat(life.stream().map(one -> one.path("object_name").asString())).containsOnly("web");
        assertThat(life.get(1).path("report").toString())
                .isEqualTo("{\"entity\":\"DHCP\",\"up\":true,\"reason\":\"\"}");
        assertThat(life.get(2).path("report").toString())
                .isEqualTo("{\"entity\":\"L2\",\"up\":false,\"reason\":\"no such interface: eth2\"}");
        assertThat(changes("?type=reported").stream()
                        .map(one -> one.path("object_id").asString()))
                .containsExactly(port, port);
        // With its agent came the network's DHCP port.
        assertThat(changes("?host=network1&object_type=port").stream().map(ChangesTest::told))
                .containsExactly("reported port", "created port");
        assertThat(changes("?network_id=" + network + "&object_type=port&type=created&type=reported").stream()
                        .map(ChangesTest::told))
                .containsExactly("reported port", "reported port", "created port", "created port");
    }

    @Test
    void pagesGoOnInBothDirections() {
        String network = api.network("\"name\": \"0\"");
        for (int i = 1; i < 8; i++) {
            rename(network, Integer.toString(i));
        }
        String ours = "?object_id=" + network + "&limit=3";
        var first = api.get("/v2.0/changes" + ours);
        assertThat(names(first)).containsExactly("7", "6", "5");
        var second = api.get(next(first, "next"));
        assertThat(names(second)).containsExactly("4", "3", "2");
        var third = api.get(next(second, "next"));
        assertThat(names(third)).containsExactly("1", "0");
        assertThat(names(api.get(next(third, "previous")))).containsExactly("4", "3", "2");
        assertThat(names(api.get(next(second, "previous")))).containsExactly("7", "6", "5");
    }

    private static List<String> names(Api.Answer answer) {
        return answer.at("/changes")
                .valueStream()
                .map(one -> one.path("object_name").asString())
                .toList();
    }

    private static String next(Api.Answer answer, String rel) {
        String href = answer.at("/changes_links")
                .valueStream()
                .filter(link -> link.path("rel").asString().equals(rel))
                .findFirst()
                .orElseThrow()
                .path("href")
                .asString();
        return href.substring(href.indexOf("/v2.0"));
    }

    @Test
    void manyChangesOfOneDocumentAreToldRight() {
        String network = api.network("\"name\": \"0\"");
        for (int i = 1; i <= 1_100; i++) {
            rename(network, Integer.toString(i));
        }
        var all = changes("?object_id=" + network + "&limit=1000");
        assertThat(all).hasSize(1_000);
        assertThat(told(all.getLast())).isEqualTo("updated network name 100->101");
        var rest = changes(
                "?object_id=" + network + "&marker=" + all.getLast().path("id").asString());
        assertThat(told(rest.getFirst())).isEqualTo("updated network name 99->100");
    }

    @Test
    void whatHappensIsWatched() {
        var watching = Watching.as(api, "admin", "admin", "/v2.0/changes?watch=true&object_type=network");
        try (watching) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(watching.lines()).hasSize(1));
            String network = api.network("\"name\": \"a\"");
            rename(network, "b");
            api.port(network, "");
            rename(network, "c");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(watching.lines().stream()
                                    .skip(1)
                                    .map(line -> line.path("type").asString() + ": " + told(line.path("change"))))
                            .containsExactly(
                                    "created: created network",
                                    "created: updated network name a->b",
                                    "created: updated network name b->c"));
        }
    }

    @Test
    void onlyAdministratorsSeeIt() {
        api.network("");
        var member = api.as("demo", "member");
        assertThat(member.get("/v2.0/changes").at("/changes").size()).isZero();
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThat(api.get("/v2.0/changes?marker=x").status()).isEqualTo(400);
        assertThat(api.get("/v2.0/changes?name=x").status()).isEqualTo(400);
        assertThat(api.get("/v2.0/changes/1").status()).isEqualTo(404);
        assertThat(api.post("/v2.0/changes", "{\"change\": {}}").status()).isEqualTo(405);
    }
}
