package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentsTest {
    private static final String BRIDGE = "Linux bridge agent";
    private static final String DHCP = "DHCP agent";

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

    private String status(String port) {
        return api.get("/v2.0/ports/" + port).at("/port/status").asString();
    }

    private static String done(String port, String entity, boolean up) {
        return "{\"port\":\"" + port + "\",\"entity\":\"" + entity + "\",\"up\":" + up + ",\"reason\":\"because\"}";
    }

    @Test
    void aFilterThatCannotBeAValueIsRefused() {
        api.report("compute01", "Linux bridge agent", "");
        assertThat(api.get("/v2.0/agents?admin_state_up=perhaps").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: 'perhaps' cannot be converted to boolean.");
    }

    @Test
    void aMetadataAgentShowsWhereItAsks() {
        var answer = api.send(
                "POST",
                "/isospin/agent/v1/report",
                "{\"host\":\"controller01\",\"agents\":[{\"type\":\"Metadata"
                        + " agent\",\"binary\":\"neutron-metadata-agent\","
                        + "\"bridge_mappings\":{},\"started_at\":\"2026-01-01T00:00:00Z\","
                        + "\"counts\":{\"nova_metadata_port\":8775},"
                        + "\"settings\":{\"nova_metadata_host\":\"10.0.0.30\"}}],\"ports\":[]}",
                "X-Isospin-Agent-Secret",
                "secret");
        assertThat(answer.status()).isEqualTo(204);
        var agent = api.get("/v2.0/agents?agent_type=Metadata%20agent").at("/agents/0");
        assertThat(agent.path("binary").asString()).isEqualTo("neutron-metadata-agent");
        assertThat(agent.path("topic").asString()).isEqualTo("N/A");
        assertThat(agent.path("availability_zone").isNull()).isTrue();
        assertThat(agent.path("configurations").toString())
                .isEqualTo("{\"nova_metadata_port\":8775,\"nova_metadata_host\":\"10.0.0.30\"}");
    }

    @Test
    void agentsThatReportAreListedAlive() {
        api.report("compute01", BRIDGE, "");
        api.report("controller01", DHCP, "");
        var agents = api.get("/v2.0/agents");
        assertThat(agents.at("/agents")).hasSize(2);
        assertThat(api.get("/v2.0/agents?host=compute01").at("/agents/0/alive").asBoolean())
                .isTrue();
        assertThat(api.get("/v2.0/agents?host=compute01")
                        .at("/agents/0/configurations/bridge_mappings/physnet2")
                        .asString())
                .isEqualTo("eth2");
        String id = api.get("/v2.0/agents").at("/agents/0/id").asString();
        var tenant = api.as("tenant", "member");
        assertThat(tenant.get("/v2.0/agents").raw().body()).isEqualTo("{\"agents\":[]}");
        assertThat(tenant.get("/v2.0/agents/" + id).status()).isEqualTo(404);
        assertThat(tenant.put("/v2.0/agents/" + id, "{\"agent\": {\"admin_state_up\": false}}")
                        .error())
                .isEqualTo("404 HTTPNotFound: The resource could not be found.");
        assertThat(tenant.delete("/v2.0/agents/" + id).status()).isEqualTo(404);
        assertThat(api.get("/v2.0/agents/" + id).at("/agent/admin_state_up").asBoolean())
                .isTrue();
    }

    @Test
    void agentsAreFilteredSortedAndPagedAsEverythingIs() {
        for (var host : List.of("b", "a", "c")) {
            api.report(host, BRIDGE, "");
        }
        api.report("a", DHCP, "");
        assertThat(hosts("?sort_key=host&sort_dir=desc&binary=neutron-linuxbridge-agent"))
                .containsExactly("c", "b", "a");
        var page = api.get(
                "/v2.0/agents?sort_key=host&sort_key=binary&sort_dir=asc&sort_dir=asc&limit=2&fields=host&fields=id");
        assertThat(page.at("/agents"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.propertyNames()).containsExactlyInAnyOrder("id", "host"));
        String next = page.at("/agents_links/0/href").asString();
        assertThat(api.get(next.substring(next.indexOf("/v2.0"))).at("/agents")).hasSize(2);
        assertThat(hosts("?alive=true&agent_type=DHCP+agent")).containsExactly("a");
        assertThat(hosts("?alive=false")).isEmpty();
        assertThat(hosts("?alive=false&alive=true&sort_key=alive&sort_dir=asc")).hasSize(4);
        assertThat(api.get("/v2.0/agents?foo=1").error())
                .isEqualTo("400 HTTPBadRequest: ['foo'] is invalid attribute for filtering");
        assertThat(api.get("/v2.0/agents?sort_key=configurations&sort_dir=asc").error())
                .isEqualTo("400 HTTPBadRequest: ['configurations'] is invalid attribute for sort_keys");
        assertThat(api.post("/v2.0/agents", "{\"agent\": {}}").status()).isEqualTo(405);
    }

    private List<String> hosts(String query) {
        return api.get("/v2.0/agents" + query)
                .at("/agents")
                .valueStream()
                .map(agent -> agent.path("host").asString())
                .toList();
    }

    @Test
    void aPortBindsWhereAnAgentReachesItsNetworkAndComesUpWhenTheHostSaysSo() {
        api.report("compute01", BRIDGE, "");
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "\"enable_dhcp\": false");
        var port = api.port(network, "\"binding:host_id\": \"compute01\", \"device_owner\": \"compute:nova\"");
        assertThat(port.path("binding:vif_type").asString()).isEqualTo("bridge");
        assertThat(port.at("/binding:vif_details/port_filter").asBoolean()).isTrue();
        String id = port.path("id").asString();
        assertThat(status(id)).isEqualTo("DOWN");
        api.report("compute02", BRIDGE, done(id, "l2", true));
        assertThat(status(id)).as("another host's word").isEqualTo("DOWN");
        api.report("compute01", BRIDGE, done(id, "l2", true));
        assertThat(status(id)).isEqualTo("ACTIVE");
        api.report("compute01", BRIDGE, done(id, "l2", false));
        assertThat(status(id)).isEqualTo("DOWN");
    }

    @Test
    void aPortOnAHostWithoutAnAgentIsMadeButNotBound() {
        var port = api.port(api.network(""), "\"binding:host_id\": \"nowhere\"");
        assertThat(port.path("binding:vif_type").asString()).isEqualTo("binding_failed");
        assertThat(api.port(api.network(""), "").path("binding:vif_type").asString())
                .isEqualTo("unbound");
    }

    @Test
    void aDhcpSubnetGetsItsPortWithTheFirstAddressOfThePool() {
        api.report("controller01", BRIDGE, "");
        api.report("controller01", DHCP, "");
        String network = api.network("");
        String subnet = api.subnet(network, "192.168.100.0/24", "");
        var port = api.get("/v2.0/ports?device_owner=network:dhcp").at("/ports/0");
        assertThat(port.at("/fixed_ips/0/ip_address").asString()).isEqualTo("192.168.100.2");
        assertThat(port.path("binding:host_id").asString()).isEqualTo("controller01");
        assertThat(port.path("device_id").asString()).matches("dhcp[0-9a-f-]{36}-" + network);
        String second = api.subnet(network, "192.168.101.0/24", "");
        assertThat(api.get("/v2.0/ports?device_owner=network:dhcp").at("/ports/0/fixed_ips"))
                .hasSize(2);
        api.delete("/v2.0/subnets/" + second);
        api.put("/v2.0/subnets/" + subnet, "{\"subnet\": {\"enable_dhcp\": false}}");
        assertThat(api.get("/v2.0/ports").at("/ports")).isEmpty();
        api.put("/v2.0/subnets/" + subnet, "{\"subnet\": {\"enable_dhcp\": true}}");
        assertThat(api.get("/v2.0/ports").at("/ports")).hasSize(1);
        assertThat(api.delete("/v2.0/networks/" + network).status()).isEqualTo(204);
        assertThat(api.get("/v2.0/ports").at("/ports")).isEmpty();
    }

    @Test
    void networksThatWaitedForADhcpAgentAreServedWhenOneComes() {
        String network = api.network("");
        api.subnet(network, "192.168.100.0/24", "");
        assertThat(api.get("/v2.0/ports").at("/ports")).isEmpty();
        api.report("controller01", DHCP, "");
        assertThat(api.get("/v2.0/ports").at("/ports/0/device_owner").asString())
                .isEqualTo("network:dhcp");
    }

    @Test
    void aPortOnAServedNetworkWaitsForItsReservationToo() {
        api.report("controller01", BRIDGE, "");
        api.report("controller01", DHCP, "");
        api.report("compute01", BRIDGE, "");
        String network = api.network("");
        api.subnet(network, "192.168.100.0/24", "");
        String id = api.port(network, "\"binding:host_id\": \"compute01\"")
                .path("id")
                .asString();
        api.report("compute01", BRIDGE, done(id, "l2", true));
        assertThat(status(id)).isEqualTo("BUILD");
        api.report("controller01", DHCP, done(id, "dhcp", true));
        assertThat(status(id)).isEqualTo("ACTIVE");
    }

    @Test
    void anAgentWithoutTheSecretIsNotLetIn() {
        assertThat(api.send("POST", "/isospin/agent/v1/report", "{}").status()).isEqualTo(401);
        assertThat(api.get("/isospin/agent/v1/hosts/compute01/feed").status()).isEqualTo(401);
    }
}
