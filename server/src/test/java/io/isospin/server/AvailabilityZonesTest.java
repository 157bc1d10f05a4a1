package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AvailabilityZonesTest {
    private static final String DHCP = "DHCP agent";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder);
        report();
    }

    private void restart(String... settings) {
        api.close();
        api = Api.in(folder, settings);
        report();
    }

    private void report() {
        api.report("north1", DHCP, "", "north");
        api.report("north2", DHCP, "", "north");
        api.report("south1", DHCP, "", "south");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String served(String attributes) {
        String network = api.network(attributes);
        api.subnet(network, "10.0.0.0/24", "");
        return network;
    }

    private List<String> hosts(String network) {
        return api.get("/v2.0/networks/" + network + "/dhcp-agents")
                .at("/agents")
                .valueStream()
                .map(agent -> agent.path("host").asString())
                .toList();
    }

    private JsonNode zones(String network) {
        return api.get("/v2.0/networks/" + network).at("/network/availability_zones");
    }

    @Test
    void zonesAreListedWithWhatTheyAreFor() {
        var zones = api.as("tenant", "member").get("/v2.0/availability_zones");
        assertThat(zones.body().toString())
                .isEqualTo("{\"availability_zones\":["
                        + "{\"name\":\"north\",\"resource\":\"network\",\"state\":\"available\"},"
                        + "{\"name\":\"south\",\"resource\":\"network\",\"state\":\"available\"}]}");
        String south = api.get("/v2.0/agents?availability_zone=south")
                .at("/agents/0/id")
                .asString();
        api.put("/v2.0/agents/" + south, "{\"agent\": {\"admin_state_up\": false}}");
        assertThat(api.get("/v2.0/availability_zones?state=unavailable&fields=name")
                        .body()
                        .toString())
                .isEqualTo("{\"availability_zones\":[{\"name\":\"south\"}]}");
        assertThat(api.get("/v2.0/availability_zones?colour=red").error())
                .contains("['colour'] is invalid attribute for filtering");
    }

    @Test
    void aNetworkIsServedInTheZonesThatItsHintsName() {
        for (int i = 0; i < 3; i++) {
            String network = served("\"availability_zone_hints\": [\"south\"]");
            assertThat(hosts(network)).containsExactly("south1");
            assertThat(zones(network).toString()).isEqualTo("[\"south\"]");
        }
        String network = api.network("");
        assertThat(zones(network)).isEmpty();
        assertThat(api.get("/v2.0/networks/" + network).at("/network/availability_zone_hints"))
                .isEmpty();
    }

    @Test
    void wrongHintsAreRefused() {
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"availability_zone_hints\": [\"west\"]}}")
                        .error())
                .isEqualTo("404 AvailabilityZoneNotFound: AvailabilityZone west could not be found.");
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"availability_zone_hints\": \"west\"}}")
                        .error())
                .contains("Invalid input for availability_zone_hints. Reason: 'west' is not a list.");
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"availability_zone_hints\": [\"a\", \"a\"]}}")
                        .error())
                .contains("Duplicate items in the list: 'a'");
        String network = api.network("");
        assertThat(api.put("/v2.0/networks/" + network, "{\"network\": {\"availability_zone_hints\": []}}")
                        .error())
                .contains("Cannot update read-only attribute availability_zone_hints");
    }

    @Test
    void theZoneAwareSchedulerSpreadsANetworkOverTheZones() {
        restart(
                "[DEFAULT]",
                "dhcp_agents_per_network = 2",
                "network_scheduler_driver = neutron.scheduler.dhcp_agent_scheduler.AZAwareWeightScheduler");
        for (int i = 0; i < 3; i++) {
            assertThat(hosts(served(""))).contains("south1").hasSize(2);
        }
    }

    @Test
    void networksWithoutHintsAreServedInTheDefaultZones() {
        restart("[DEFAULT]", "default_availability_zones = south");
        assertThat(hosts(served(""))).containsExactly("south1");
        assertThat(hosts(served(""))).containsExactly("south1");
    }

    @Test
    void anAgentThatMovesTakesItsNetworksAlong() {
        String network = served("\"availability_zone_hints\": [\"south\"]");
        api.report("south1", DHCP, "", "west");
        assertThat(zones(network).toString()).isEqualTo("[\"west\"]");
    }
}
