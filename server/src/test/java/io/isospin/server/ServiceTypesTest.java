package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServiceTypesTest {
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

    private static final String FLOATING = "\"service_types\": [\"network:floatingip\"]";

    private static String owned(String owner) {
        return "\"device_owner\": \"" + owner + "\"";
    }

    @Test
    void portsGetAddressesOfSubnetsForTheirOwnerAlone() {
        String network = api.network("");
        String plain = api.subnet(network, "10.0.0.0/29", "\"service_types\": [\"compute:nova\"]");
        String floating = api.subnet(network, "10.0.1.0/24", FLOATING);
        assertThat(api.get("/v2.0/subnets/" + floating)
                        .at("/subnet/service_types/0")
                        .asString())
                .isEqualTo("network:floatingip");
        assertThat(subnetOf(api.port(network, owned("compute:nova")))).isEqualTo(plain);
        assertThat(subnetOf(api.port(network, owned("network:floatingip")))).isEqualTo(floating);
        assertThat(api.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\"}}")
                        .error())
                .isEqualTo("409 IpAddressGenerationFailureNoMatchingSubnet: No valid service subnet for the given"
                        + " device owner, network " + network + ", service type .");
        assertThat(api.port(network, "\"fixed_ips\": []").path("fixed_ips")).isEmpty();
    }

    private static String subnetOf(JsonNode port) {
        return port.at("/fixed_ips/0/subnet_id").asString();
    }

    @Test
    void aSubnetForOthersIsNoneOfThePorts() {
        String network = api.network("");
        String plain = api.subnet(network, "10.0.0.0/24", "");
        String floating = api.subnet(network, "10.0.1.0/24", FLOATING);
        var port = api.port(network, "");
        assertThat(subnetOf(port)).isEqualTo(plain);
        assertThat(api.put(
                                "/v2.0/ports/" + port.path("id").asString(),
                                "{\"port\": {\"fixed_ips\": [{\"subnet_id\": \"" + floating + "\"}]}}")
                        .error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Failed to create port on network " + network
                        + ", because fixed_ips included invalid subnet " + floating + ".");
        api.put("/v2.0/subnets/" + floating, "{\"subnet\": {\"service_types\": []}}");
        assertThat(api.put(
                                "/v2.0/ports/" + port.path("id").asString(),
                                "{\"port\": {\"fixed_ips\": [{\"subnet_id\": \"" + floating + "\"}]}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void typesThatNoPortHasAreRefused() {
        String network = api.network("");
        String subnet = api.subnet(network, "10.0.0.0/24", "");
        assertThat(update(subnet, "[\"network:dhcp\", \"network:dhcp\"]").at("/subnet/service_types"))
                .hasSize(1);
        assertThat(update(subnet, "[\"storage:x\"]").error())
                .isEqualTo("400 InvalidSubnetServiceType: Subnet service type storage:x does not correspond to a valid"
                        + " device owner.");
        assertThat(update(subnet, "[7]").error())
                .isEqualTo("400 InvalidInputSubnetServiceType: Subnet service type 7 is not a string.");
        assertThat(update(subnet, "\"network:dhcp\"").error())
                .isEqualTo("400 HTTPBadRequest: Subnet service types must be a list.");
    }

    private Api.Answer update(String subnet, String types) {
        return api.put("/v2.0/subnets/" + subnet, "{\"subnet\": {\"service_types\": " + types + "}}");
    }
}
