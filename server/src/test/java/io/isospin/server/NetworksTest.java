package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
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

    private Api.Answer create(String attributes) {
        return api.post("/v2.0/networks", "{\"network\": {" + attributes + "}}");
    }

    private static String flat(String name) {
        return "\"name\": \"" + name
                + "\", \"provider:network_type\": \"flat\", \"provider:physical_network\": \"physnet2\"";
    }

    private static String vlan(int id) {
        return "\"provider:network_type\": \"vlan\", \"provider:physical_network\": \"physnet2\","
                + " \"provider:segmentation_id\": " + id;
    }

    @Test
    void aFlatNetworkHasThePhysicalMtuAndNoSegmentationId() {
        var made = create(flat("MyFlatNetwork") + ", \"shared\": true");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/network/mtu").asInt()).isEqualTo(1500);
        assertThat(made.at("/network/provider:segmentation_id").isNull()).isTrue();
        assertThat(made.at("/network/status").asString()).isEqualTo("ACTIVE");
        assertThat(made.at("/network/shared").asBoolean()).isTrue();
        assertThat(made.at("/network/tenant_id").asString()).isEqualTo("admin");
    }

    @Test
    void aSecondFlatNetworkOnThePhysicalNetworkIsRefused() {
        create(flat("MyFlatNetwork"));
        assertThat(create(flat("MyFlatNetwork2")).error())
                .isEqualTo(
                        "409 FlatNetworkInUse: Unable to create the flat network. Physical network physnet2 is in use.");
    }

    @Test
    void aDeletedFlatNetworkFreesItsPhysicalNetwork() {
        var made = create(flat("one"));
        assertThat(api.delete("/v2.0/networks/" + made.at("/network/id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(create(flat("two")).status()).isEqualTo(201);
    }

    @Test
    void anAdministratorMayNameAVlanOutsideOfTheTenantsRangeButOnlyOnce() {
        assertThat(create(vlan(200)).status()).isEqualTo(201);
        assertThat(create(vlan(201)).status()).isEqualTo(201);
        assertThat(create(vlan(201)).error())
                .isEqualTo("409 VlanIdInUse: Unable to create the network. The VLAN 201 on physical network physnet2"
                        + " is in use.");
    }

    @Test
    void tenantNetworksAreVxlanUntilTheIdsAreGoneAndThenVlan() {
        var small = folder.resolve("small");
        assertThat(small.toFile().mkdir()).isTrue();
        try (var few = Api.in(small, "[ml2_type_vxlan]", "vni_ranges = 7:8")) {
            var tenant = few.as("tenant", "member");
            for (int i = 0; i < 2 + 4; i++) {
                tenant.network("\"name\": \"n\"");
            }
            var types = few.get("/v2.0/networks?fields=provider:network_type&fields=provider:segmentation_id");
            assertThat(types.at("/networks")).hasSize(6);
            assertThat(types.body().toString()).contains("\"vxlan\"", "\"vlan\"");
            assertThat(tenant.post("/v2.0/networks", "{\"network\": {}}").error())
                    .startsWith("503 NoNetworkAvailable: Unable to create the network.");
        }
    }

    @Test
    void providerAttributesAreForAdministratorsOnly() {
        var tenant = api.as("tenant", "member");
        String id = tenant.network("\"name\": \"mine\"");
        assertThat(tenant.get("/v2.0/networks/" + id).body().toString()).doesNotContain("provider:");
        assertThat(api.get("/v2.0/networks/" + id)
                        .at("/network/provider:network_type")
                        .asString())
                .isEqualTo("vxlan");
        assertThat(tenant.post("/v2.0/networks", "{\"network\": {" + flat("x") + "}}")
                        .error())
                .startsWith(
                        "403 PolicyNotAuthorized: ((rule:create_network and rule:create_network:provider:network_type)"
                                + " and rule:create_network:provider:physical_network) is disallowed by policy");
    }

    @Test
    void wrongProviderAttributesAreNamed() {
        assertThat(create("\"provider:network_type\": \"token\"").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: network_type value 'token' not supported.");
        assertThat(create("\"provider:network_type\": \"flat\"").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: physical_network required for flat provider"
                        + " network.");
        assertThat(create("\"provider:physical_network\": \"physnet2\"").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: network_type required.");
        assertThat(create(vlan(4095)).error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: segmentation_id out of range (1 through"
                        + " 4094).");
        assertThat(create("\"provider:network_type\": \"vlan\", \"provider:physical_network\": \"nowhere\"")
                        .error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: physical_network 'nowhere' unknown for VLAN"
                        + " provider network.");
    }

    @Test
    void theThreeFlagsOfANetworkCanBeUpdated() {
        String id = api.network("\"name\": \"n\", \"shared\": true");
        var after = api.put(
                "/v2.0/networks/" + id,
                "{\"network\": {\"router:external\": true, \"shared\": \"False\", \"admin_state_up\": false}}");
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.at("/network/router:external").asBoolean()).isTrue();
        assertThat(after.at("/network/shared").asBoolean()).isFalse();
        assertThat(after.at("/network/admin_state_up").asBoolean()).isFalse();
        assertThat(after.at("/network/revision_number").asInt()).isEqualTo(2);
    }

    @Test
    void sharingEndsOnlyWhenNobodyElseUsesTheNetwork() {
        String id = api.network("\"name\": \"net\", \"shared\": true");
        String port = api.as("tenant", "member").port(id, "").path("id").asString();
        assertThat(api.put("/v2.0/networks/" + id, "{\"network\": {\"shared\": false}}")
                        .error())
                .isEqualTo("409 InvalidSharedSetting: Unable to reconfigure sharing settings for network net. Multiple"
                        + " tenants are using it.");
        api.delete("/v2.0/ports/" + port);
        assertThat(api.put("/v2.0/networks/" + id, "{\"network\": {\"shared\": false}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNetworkWithPortsIsNotDeletedAndThePortsAreNamed() {
        String id = api.network("");
        String port = api.port(id, "").path("id").asString();
        assertThat(api.delete("/v2.0/networks/" + id).error())
                .isEqualTo("409 NetworkInUse: Unable to complete operation on network " + id
                        + ". There are one or more ports still in use on the network, id for these ports is: " + port
                        + ".");
    }

    @Test
    void aNetworkGoesWithItsSubnets() {
        String id = api.network("");
        String subnet = api.subnet(id, "10.0.0.0/24", "");
        assertThat(api.get("/v2.0/networks/" + id).at("/network/subnets/0").asString())
                .isEqualTo(subnet);
        assertThat(api.delete("/v2.0/networks/" + id).status()).isEqualTo(204);
        assertThat(api.get("/v2.0/subnets/" + subnet).error())
                .isEqualTo("404 SubnetNotFound: Subnet " + subnet + " could not be found.");
    }

    @Test
    void anMtuBeyondWhatTheSegmentCarriesIsRefused() {
        assertThat(create("\"mtu\": 1451").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Requested MTU is too big, maximum is 1450.");
        assertThat(create("\"mtu\": 1400").at("/network/mtu").asInt()).isEqualTo(1400);
    }
}
