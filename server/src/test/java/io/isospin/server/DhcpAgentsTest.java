package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which DHCP agents serve which networks. */
class DhcpAgentsTest {
    private static final String BRIDGE = "Linux bridge agent";
    private static final String DHCP = "DHCP agent";
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder);
    }

    private void restart(String... settings) {
        api.close();
        api = Api.in(
                folder,
                Stream.concat(Stream.of("[DEFAULT]"), Stream.of(settings)).toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Hosts with both agents. */
    private void hosts(String... hosts) {
        for (var host : hosts) {
            api.report(host, BRIDGE, "");
            api.report(host, DHCP, "");
        }
    }

    private String agent(String host) {
        return api.get("/v2.0/agents?host=" + host + "&binary=neutron-dhcp-agent")
                .at("/agents/0/id")
                .asString();
    }

    private List<String> hostsOf(String network) {
        return texts(api.get("/v2.0/networks/" + network + "/dhcp-agents").at("/agents"), "host");
    }

    private List<String> networksOn(String host) {
        return texts(api.get("/v2.0/agents/" + agent(host) + "/dhcp-networks").at("/networks"), "id");
    }

    private static List<String> texts(JsonNode list, String name) {
        return list.valueStream().map(one -> one.path(name).asString()).toList();
    }

    private JsonNode dhcpPorts(String network) {
        return api.get("/v2.0/ports?device_owner=network:dhcp&network_id=" + network)
                .at("/ports");
    }

    private String served(String cidr) {
        String network = api.network("");
        api.subnet(network, cidr, "");
        return network;
    }

    private Api.Answer add(String agent, String network) {
        return api.post("/v2.0/agents/" + agent + "/dhcp-networks", "{\"network_id\": \"" + network + "\"}");
    }

    @Test
    void networksAreSpreadOverTheAgents() {
        hosts("one", "two", "three");
        Map<String, Integer> served = new HashMap<>();
        for (int i = 0; i < 9; i++) {
            hostsOf(served("10.0." + i + ".0/24")).forEach(host -> served.merge(host, 1, Integer::sum));
        }
        assertThat(served).containsOnly(Map.entry("one", 3), Map.entry("two", 3), Map.entry("three", 3));
        assertThat(networksOn("one")).hasSize(3);
    }

    @Test
    void asManyAgentsServeANetworkAsAreConfiguredEachWithAPortOfItsOwn() {
        restart("dhcp_agents_per_network = 2");
        hosts("one", "two", "three");
        String network = served("10.0.0.0/24");
        assertThat(hostsOf(network)).hasSize(2).doesNotHaveDuplicates();
        assertThat(texts(dhcpPorts(network), "binding:host_id")).containsExactlyInAnyOrderElementsOf(hostsOf(network));
        assertThat(dhcpPorts(network)
                        .valueStream()
                        .map(port -> port.at("/fixed_ips/0/ip_address").asString()))
                .containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
        api.subnet(network, "10.0.1.0/24", "");
        assertThat(dhcpPorts(network))
                .hasSize(2)
                .allSatisfy(port -> assertThat(port.path("fixed_ips")).hasSize(2));
    }

    @Test
    void aNetworkWithoutSubnetsIsScheduledWithItsFirstPortAndServedWithItsFirstSubnet() {
        hosts("one");
        String network = api.network("");
        assertThat(hostsOf(network)).isEmpty();
        api.port(network, "");
        assertThat(hostsOf(network)).containsExactly("one");
        assertThat(dhcpPorts(network)).isEmpty();
        api.subnet(network, "10.0.0.0/24", "");
        assertThat(dhcpPorts(network)).hasSize(1);
    }

    @Test
    void anAgentThatComesTakesTheNetworksThatWaitForIt() {
        restart("dhcp_agents_per_network = 2");
        hosts("one");
        String network = served("10.0.0.0/24");
        assertThat(hostsOf(network)).containsExactly("one");
        hosts("two");
        assertThat(hostsOf(network)).containsExactlyInAnyOrder("one", "two");
        hosts("three");
        assertThat(hostsOf(network)).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aDisabledAgentGetsNoNetworks() {
        hosts("one", "two");
        var disabled = api.put("/v2.0/agents/" + agent("one"), "{\"agent\": {\"admin_state_up\": false}}");
        assertThat(disabled.at("/agent/admin_state_up").asBoolean()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(hostsOf(served("10.0." + i + ".0/24"))).containsExactly("two");
        }
        assertThat(add(agent("one"), api.network("")).error())
                .isEqualTo("404 InvalidDHCPAgent: Agent " + agent("one")
                        + " is not a valid DHCP Agent or has been disabled.");
    }

    @Test
    void anAdministratorGivesAnAgentANetworkAndTakesItAway() {
        hosts("one", "two");
        String network = served("10.0.0.0/24");
        String first = hostsOf(network).getFirst();
        String other = first.equals("one") ? "two" : "one";
        var added = add(agent(other), network);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.raw().body()).isEqualTo("null");
        assertThat(dhcpPorts(network)).hasSize(2);
        assertThat(add(agent(other), network).error())
                .isEqualTo("409 NetworkHostedByDHCPAgent: The network " + network
                        + " has been already hosted by the DHCP Agent " + agent(other) + ".");
        assertThat(api.delete("/v2.0/agents/" + agent(other) + "/dhcp-networks/" + network)
                        .status())
                .isEqualTo(204);
        assertThat(hostsOf(network)).containsExactly(first);
        assertThat(networksOn(other)).isEmpty();
        assertThat(api.delete("/v2.0/agents/" + agent(other) + "/dhcp-networks/" + network)
                        .error())
                .isEqualTo("409 NetworkNotHostedByDhcpAgent: The network " + network
                        + " is not hosted by the DHCP Agent " + agent(other) + ".");
    }

    @Test
    void thePortOfATakenNetworkIsReservedAndUsedAgain() {
        hosts("one", "two");
        String network = served("10.0.0.0/24");
        String first = hostsOf(network).getFirst();
        String port = dhcpPorts(network).at("/0/id").asString();
        api.delete("/v2.0/agents/" + agent(first) + "/dhcp-networks/" + network);
        assertThat(dhcpPorts(network).at("/0/device_id").asString()).isEqualTo("reserved_dhcp_port");
        String other = first.equals("one") ? "two" : "one";
        add(agent(other), network);
        assertThat(dhcpPorts(network)).hasSize(1);
        var again = dhcpPorts(network).get(0);
        assertThat(again.path("id").asString()).isEqualTo(port);
        assertThat(again.path("binding:host_id").asString()).isEqualTo(other);
        assertThat(again.at("/fixed_ips/0/ip_address").asString()).isEqualTo("10.0.0.2");
        assertThat(again.path("device_id").asString()).endsWith(network);
    }

    @Test
    void whatIsNotThereIsNamed() {
        hosts("one");
        assertThat(add(agent("one"), UNKNOWN).error())
                .isEqualTo("404 NetworkNotFound: Network " + UNKNOWN + " could not be found.");
        String network = api.network("");
        assertThat(add(UNKNOWN, network).error())
                .isEqualTo("404 AgentNotFound: Agent " + UNKNOWN + " could not be found.");
        assertThat(api.get("/v2.0/agents/" + UNKNOWN + "/dhcp-networks").error())
                .isEqualTo("404 AgentNotFound: Agent " + UNKNOWN + " could not be found.");
        String bridge = api.get("/v2.0/agents?binary=neutron-linuxbridge-agent")
                .at("/agents/0/id")
                .asString();
        assertThat(add(bridge, network).error()).startsWith("404 InvalidDHCPAgent");
        assertThat(api.post("/v2.0/agents/" + agent("one") + "/dhcp-networks", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(api.as("tenant", "member")
                        .get("/v2.0/networks/" + network + "/dhcp-agents")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anotherAgentTakesOverFromOneThatHasDied() {
        restart("agent_down_time = 2");
        hosts("one", "two");
        String first = served("10.0.0.0/24");
        String second = served("10.0.1.0/24");
        String third = served("10.0.2.0/24");
        assertThat(hostsOf(second)).isNotEqualTo(hostsOf(first));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    hosts("two");
                    assertThat(networksOn("two")).containsExactlyInAnyOrder(first, second, third);
                    assertThat(networksOn("one")).isEmpty();
                });
        for (var network : List.of(first, second, third)) {
            assertThat(texts(dhcpPorts(network), "binding:host_id")).containsExactly("two");
            assertThat(dhcpPorts(network).at("/0/fixed_ips/0/ip_address").asString())
                    .endsWith(".2");
        }
        assertThat(api.get("/v2.0/agents?alive=false").at("/agents/0/host").asString())
                .isEqualTo("one");
    }

    @Test
    void deletedAgentsAndNetworksLeaveNothing() {
        hosts("one", "two");
        String network = served("10.0.0.0/24");
        String host = hostsOf(network).getFirst();
        assertThat(api.delete("/v2.0/agents/" + agent(host)).status()).isEqualTo(204);
        assertThat(hostsOf(network)).isEmpty();
        assertThat(api.get("/v2.0/networks/" + network).at("/network/availability_zones"))
                .isEmpty();
        hosts(host);
        assertThat(hostsOf(network)).hasSize(1);
        assertThat(api.delete("/v2.0/networks/" + network).status()).isEqualTo(204);
        assertThat(networksOn("one")).isEmpty();
        assertThat(networksOn("two")).isEmpty();
    }

    @Test
    void theServerChoosesNoAgentWhereAnAdministratorWantsTo() {
        restart("network_auto_schedule = false");
        hosts("one");
        String network = served("10.0.0.0/24");
        assertThat(hostsOf(network)).isEmpty();
        assertThat(dhcpPorts(network)).isEmpty();
        add(agent("one"), network);
        assertThat(dhcpPorts(network)).hasSize(1);
    }
}
