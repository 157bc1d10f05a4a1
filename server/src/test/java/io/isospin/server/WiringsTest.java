package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringsTest {
    private static final String NETWORK = "4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0001";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder);
        api.report("compute01", "Linux bridge agent", "");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String device(String name) {
        return "{\"name\":\"" + name + "\",\"kind\":\"bridge\",\"mtu\":1450,\"up\":true}";
    }

    private static String part(String network, String devices, String differences) {
        String id = network.isEmpty() ? "" : "\"network_id\":\"" + network + "\",";
        return "{" + id + "\"interfaces\":[" + devices + "],\"namespaces\":[],\"differences\":[" + differences + "]}";
    }

    private Api.Answer report(String host, boolean whole, String... parts) {
        return api.send(
                "POST",
                "/isospin/agent/v1/report",
                "{\"host\":\"" + host + "\",\"agents\":[],\"ports\":[],\"wiring\":{\"whole\":" + whole + ",\"parts\":["
                        + String.join(",", parts) + "]}}",
                "X-Isospin-Agent-Secret",
                "secret");
    }

    private List<String> devices(String query) {
        return api.get("/v2.0/wirings" + query)
                .at("/wirings")
                .valueStream()
                .map(one -> one.path("host").asString() + " "
                        + one.at("/interfaces/0/name").asString())
                .sorted()
                .toList();
    }

    @Test
    void whatAHostReportsIsListedByHostAndNetwork() {
        assertThat(report("compute01", true, part(NETWORK, device("brq1"), "\"d\""), part("", device("eth0"), ""))
                        .status())
                .isEqualTo(204);
        report("compute02", true, part(NETWORK, device("brq2"), ""));
        assertThat(devices("")).containsExactly("compute01 brq1", "compute01 eth0", "compute02 brq2");
        assertThat(devices("?host=compute01")).containsExactly("compute01 brq1", "compute01 eth0");
        assertThat(devices("?network_id=" + NETWORK)).containsExactly("compute01 brq1", "compute02 brq2");
        assertThat(devices("?sort_key=host&sort_dir=desc&limit=1")).containsExactly("compute02 brq2");
        var one = api.get("/v2.0/wirings?host=compute01&network_id=" + NETWORK).at("/wirings/0");
        assertThat(one.path("differences").toString()).isEqualTo("[\"d\"]");
        assertThat(one.path("revision_number").asInt()).isEqualTo(1);
        assertThat(api.get("/v2.0/wirings/" + one.path("id").asString())
                        .at("/wiring/host")
                        .asString())
                .isEqualTo("compute01");
    }

    @Test
    void onlyWhatDiffersIsWrittenAndWhatIsGoneIsDropped() {
        report("compute01", true, part(NETWORK, device("brq1"), ""), part("", device("eth0"), ""));
        var first = api.get("/v2.0/wirings");
        report("compute01", true, part(NETWORK, device("brq1"), ""), part("", device("eth0"), ""));
        var again = api.get("/v2.0/wirings");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.raw().headers().firstValue("X-Isospin-Revision"))
                .isEqualTo(first.raw().headers().firstValue("X-Isospin-Revision"));
        report("compute01", false, part(NETWORK, device("brq9"), ""));
        assertThat(devices("")).containsExactly("compute01 brq9", "compute01 eth0");
        assertThat(api.get("/v2.0/wirings?network_id=" + NETWORK)
                        .at("/wirings/0/revision_number")
                        .asInt())
                .isEqualTo(2);
        report("compute01", false, part(NETWORK, "", ""));
        assertThat(devices("")).containsExactly("compute01 eth0");
        report("compute02", true, part("", device("eth0"), ""));
        report("compute01", true);
        assertThat(devices("")).as("another host's are its own").containsExactly("compute02 eth0");
    }

    @Test
    void nobodyMakesThemAndOnlyAdministratorsSeeThem() {
        report("compute01", true, part("", device("eth0"), ""));
        String id = api.get("/v2.0/wirings").at("/wirings/0/id").asString();
        var tenant = api.as("tenant", "member");
        assertThat(tenant.get("/v2.0/wirings").at("/wirings")).isEmpty();
        assertThat(tenant.get("/v2.0/wirings/" + id).status()).isEqualTo(404);
        assertThat(api.post("/v2.0/wirings", "{\"wiring\": {}}").status()).isEqualTo(405);
        assertThat(api.put("/v2.0/wirings/" + id, "{\"wiring\": {}}").status()).isEqualTo(405);
        assertThat(api.delete("/v2.0/wirings/" + id).status()).isEqualTo(405);
        assertThat(devices("")).hasSize(1);
    }

    @Test
    void aWatcherIsToldOfEachChange() throws Exception {
        try (var watching = Watching.as(api, "admin", "admin", "/v2.0/wirings?watch=true&host=compute01")) {
            report("compute01", true, part("", device("eth0"), ""));
            report("compute02", true, part("", device("eth0"), ""));
            report("compute01", false, part("", device("eth1"), ""));
            report("compute01", true);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(watching.lines())
                            .extracting(line -> line.path("type").asString() + " "
                                    + line.at("/wiring/interfaces/0/name").asString(""))
                            .containsExactly("synced ", "created eth0", "updated eth1", "deleted eth1"));
        }
    }

    @Test
    void anAgentThatIsRemovedTakesThemAlongAndOneThatLivesIsAskedForAllOfThem() {
        report("compute01", true, part("", device("eth0"), ""));
        String agent = api.get("/v2.0/agents").at("/agents/0/id").asString();
        assertThat(api.delete("/v2.0/agents/" + agent).status()).isEqualTo(204);
        assertThat(devices("")).isEmpty();
        String beat =
                "{\"host\":\"compute01\",\"ports\":[],\"agents\":[{\"type\":\"Linux bridge agent\",\"binary\":\"b\","
                        + "\"bridge_mappings\":{},\"started_at\":\"2026-01-01T00:00:00Z\",\"counts\":{}}]}";
        var answer = api.send("POST", "/isospin/agent/v1/report", beat, "X-Isospin-Agent-Secret", "secret");
        assertThat(answer.raw().headers().firstValue("X-Isospin-Wiring")).hasValue("whole");
        answer = api.send("POST", "/isospin/agent/v1/report", beat, "X-Isospin-Agent-Secret", "secret");
        assertThat(answer.raw().headers().firstValue("X-Isospin-Wiring")).isEmpty();
    }

    @Test
    void aReportThatIsNoneIsRefusedAndNothingOfItKept() {
        assertThat(report("compute01", true, part("", device("e".repeat(256)), ""))
                        .error())
                .isEqualTo("400 HTTPBadRequest: not a report: 'name' is 256 characters long, of at most 255");
        assertThat(report("compute01", true, part("", "", ""), part("", "", "")).error())
                .isEqualTo("400 HTTPBadRequest: not a report: 'parts' holds a network twice");
        String many = "\"x\"" + ",\"x\"".repeat(100);
        assertThat(report("compute01", true, part("", "", many)).error())
                .isEqualTo("400 HTTPBadRequest: not a report: 'differences' holds 101, of at most 100");
        assertThat(report("h".repeat(256), true).status()).isEqualTo(400);
        assertThat(devices("")).isEmpty();
    }
}
