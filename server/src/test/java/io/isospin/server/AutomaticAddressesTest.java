package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutomaticAddressesTest {
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

    private static final String SLAAC = "\"ipv6_ra_mode\": \"slaac\", \"ipv6_address_mode\": \"slaac\"";

    private String addresses(String port) {
        return api.get("/v2.0/ports/" + port)
                .at("/port/fixed_ips")
                .valueStream()
                .map(ip -> ip.path("ip_address").asString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void portsThatAreThereGetAnAddressInANewAutomaticSubnet() {
        String network = api.network("");
        String port = api.port(network, "\"mac_address\": \"fa:16:3e:00:00:01\"")
                .path("id")
                .asString();
        String leg = api.port(network, "\"device_owner\": \"network:router_interface\"")
                .path("id")
                .asString();
        String elsewhere = api.port(api.network(""), "").path("id").asString();
        String subnet = api.subnet(network, "2001:db8::/64", SLAAC);
        assertThat(addresses(port)).isEqualTo("2001:db8::f816:3eff:fe00:1");
        assertThat(addresses(leg)).isEmpty();
        assertThat(addresses(elsewhere)).isEmpty();
        assertThat(api.get("/v2.0/ports/" + port).at("/port/revision_number").asInt())
                .isEqualTo(2);
        assertThat(api.post(
                                "/v2.0/ports",
                                "{\"port\": {\"network_id\": \"" + network
                                        + "\", \"fixed_ips\": [{\"ip_address\": \"2001:db8::f816:3eff:fe00:1\"}]}}")
                        .status())
                .isIn(400, 409);
        assertThat(api.delete("/v2.0/subnets/" + subnet).status()).isEqualTo(204);
        assertThat(addresses(port)).isEmpty();
    }

    @Test
    void aStatefulSubnetGivesPortsThatAreThereNothing() {
        String network = api.network("");
        String port = api.port(network, "").path("id").asString();
        api.subnet(
                network,
                "2001:db8::/64",
                "\"ipv6_ra_mode\": \"dhcpv6-stateful\", \"ipv6_address_mode\": \"dhcpv6-stateful\"");
        assertThat(addresses(port)).isEmpty();
    }

    @Test
    void anAutomaticSubnetWithARouterStays() {
        String network = api.network("");
        String subnet = api.subnet(network, "2001:db8::/64", SLAAC);
        api.port(
                network,
                "\"device_owner\": \"network:router_interface\", \"fixed_ips\": [{\"subnet_id\": \"" + subnet + "\"}]");
        assertThat(api.delete("/v2.0/subnets/" + subnet).error())
                .isEqualTo("409 SubnetInUse: Unable to complete operation on subnet " + subnet
                        + ": One or more ports have an IP allocation from this subnet.");
    }
}
