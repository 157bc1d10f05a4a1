package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetsTest {
    @TempDir
    Path folder;

    private Api api;
    private String network = "";

    @BeforeEach
    void start() {
        api = Api.in(folder);
        network = api.network("\"name\": \"n\"");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Api.Answer create(String attributes) {
        return api.post("/v2.0/subnets", "{\"subnet\": {\"network_id\": \"" + network + "\", " + attributes + "}}");
    }

    @Test
    void aSubnetGetsAGatewayAndAllOtherHostsAsItsPool() {
        var made = create(
                "\"cidr\": \"192.168.100.0/24\", \"ip_version\": 4, \"dns_nameservers\": [\"8.8.8.8\", \"8.8.4.4\"]");
        assertThat(made.at("/subnet/allocation_pools").toString())
                .isEqualTo("[{\"start\":\"192.168.100.2\",\"end\":\"192.168.100.254\"}]");
        assertThat(made.at("/subnet/gateway_ip").asString()).isEqualTo("192.168.100.1");
        assertThat(made.at("/subnet/enable_dhcp").asBoolean()).isTrue();
        assertThat(made.at("/subnet/dns_nameservers")).hasSize(2);
    }

    @Test
    void aGatewayInsideTheCurrentPoolIsRefusedEvenWhereTheRequestMovesThePool() {
        String id = api.subnet(network, "192.168.100.0/24", "");
        String both =
                "{\"subnet\": {\"allocation_pools\": [{\"start\": \"192.168.100.2\", \"end\": \"192.168.100.22\"}],"
                        + " \"gateway_ip\": \"192.168.100.100\"}}";
        assertThat(api.put("/v2.0/subnets/" + id, both).error())
                .isEqualTo(
                        "409 GatewayConflictWithAllocationPools: Gateway ip 192.168.100.100 conflicts with allocation"
                                + " pool 192.168.100.2-192.168.100.254.");
        assertThat(api.get("/v2.0/subnets/" + id).at("/subnet/revision_number").asInt())
                .isEqualTo(1);
        String pool =
                "{\"subnet\": {\"allocation_pools\": [{\"start\": \"192.168.100.2\", \"end\": \"192.168.100.22\"}]}}";
        String gateway = "{\"subnet\": {\"gateway_ip\": \"192.168.100.100\","
                + " \"host_routes\": [{\"destination\": \"10.0.0.0/24\", \"nexthop\": \"192.168.100.100\"}]}}";
        assertThat(api.put("/v2.0/subnets/" + id, pool).status()).isEqualTo(200);
        assertThat(api.put("/v2.0/subnets/" + id, gateway)
                        .at("/subnet/host_routes/0/nexthop")
                        .asString())
                .isEqualTo("192.168.100.100");
    }

    @Test
    void aSmallerPoolIsWhereNewAddressesComeFrom() {
        String id = api.subnet(network, "192.168.100.0/24", "");
        api.port(network, "\"fixed_ips\": [{\"ip_address\": \"192.168.100.3\"}]");
        api.put(
                "/v2.0/subnets/" + id,
                "{\"subnet\": {\"allocation_pools\": [{\"start\": \"192.168.100.2\", \"end\": \"192.168.100.4\"}]}}");
        for (int i = 0; i < 2; i++) {
            assertThat(api.port(network, "").at("/fixed_ips/0/ip_address").asString())
                    .isIn("192.168.100.2", "192.168.100.4");
        }
        assertThat(api.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\"}}")
                        .error())
                .isEqualTo(
                        "409 IpAddressGenerationFailure: No more IP addresses available on network " + network + ".");
    }

    @Test
    void overlapsWithinANetworkAreRefusedAndElsewhereAllowed() {
        api.subnet(network, "10.0.0.0/16", "");
        assertThat(create("\"cidr\": \"10.0.5.0/24\", \"ip_version\": 4").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Requested subnet with cidr: 10.0.5.0/24 for"
                        + " network: " + network + " overlaps with another subnet.");
        api.subnet(api.network(""), "10.0.5.0/24", "");
    }

    @Test
    void twoPoolsAreKeptAsGiven() {
        var made = create("\"cidr\": \"192.168.204.0/24\", \"ip_version\": 4, \"allocation_pools\": ["
                + "{\"start\": \"192.168.204.50\", \"end\": \"192.168.204.99\"},"
                + "{\"start\": \"192.168.204.200\", \"end\": \"192.168.204.253\"}]");
        assertThat(made.at("/subnet/allocation_pools")).hasSize(2);
        assertThat(made.at("/subnet/gateway_ip").asString()).isEqualTo("192.168.204.1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            "cidr": "10.0.0.0/24", "ip_version": 6 | 400 InvalidInput: Invalid input for operation: cidr '10.0.0.0/24' does not match the ip_version '6'.
            "cidr": "10.0.0.1/24", "ip_version": 4 | 400 HTTPBadRequest: Invalid input for cidr. Reason: '10.0.0.1/24' isn't a recognized IP subnet cidr, '10.0.0.0/24' is recommended.
            "cidr": "ten", "ip_version": 4 | 400 HTTPBadRequest: Invalid input for cidr. Reason: 'ten' is not a valid IP subnet.
            "cidr": "10.0.0.0/24", "ip_version": 5 | 400 HTTPBadRequest: Invalid input for ip_version. Reason: '5' is not in [4, 6].
            "cidr": "10.0.0.0/24" | 400 HTTPBadRequest: Failed to parse request. Required attribute 'ip_version' not specified
            "ip_version": 4 | 400 BadRequest: Bad subnets request: a subnetpool must be specified in the absence of a cidr.
            "cidr": "10.0.0.0/24", "ip_version": 4, "gateway_ip": "10.0.0.255" | 400 InvalidInput: Invalid input for operation: Gateway is not valid on subnet.
            "cidr": "10.0.0.0/24", "ip_version": 4, "gateway_ip": "fe80::1" | 400 InvalidInput: Invalid input for operation: gateway_ip 'fe80::1' does not match the ip_version '4'.
            "cidr": "10.0.0.0/24", "ip_version": 4, "allocation_pools": [{"start": "10.0.0.2", "end": "10.0.1.9"}] | 400 OutOfBoundsAllocationPool: The allocation pool 10.0.0.2-10.0.1.9 spans beyond the subnet cidr 10.0.0.0/24.
            "cidr": "10.0.0.0/24", "ip_version": 4, "allocation_pools": [{"start": "10.0.0.9", "end": "10.0.0.2"}] | 400 InvalidAllocationPool: The allocation pool 10.0.0.9-10.0.0.2 is not valid.
            "cidr": "10.0.0.0/24", "ip_version": 4, "ipv6_ra_mode": "slaac" | 400 InvalidInput: Invalid input for operation: ipv6_ra_mode is not valid when ip_version is 4.
            "cidr": "fd00::/65", "ip_version": 6, "ipv6_address_mode": "slaac" | 400 InvalidInput: Invalid input for operation: Invalid CIDR fd00::/65 for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64.
            "cidr": "10.0.0.0/32", "ip_version": 4 | 400 InvalidInput: Invalid input for operation: Subnet has a prefix length that is incompatible with DHCP service enabled.
            "cidr": "10.0.0.0/24", "ip_version": 4, "dns_nameservers": ["1.1.1.1", "1.1.1.1"] | 400 HTTPBadRequest: Invalid input for dns_nameservers. Reason: Duplicate nameserver '1.1.1.1'.
            "cidr": "10.0.0.0/24", "ip_version": 4, "enable_dhcp": "perhaps" | 400 HTTPBadRequest: Invalid input for enable_dhcp. Reason: 'perhaps' cannot be converted to boolean.
            """)
    void whatCannotBeIsRefusedInNeutronsWords(String attributes, String error) {
        assertThat(create(attributes).error()).isEqualTo(error);
        assertThat(api.get("/v2.0/subnets").at("/subnets")).isEmpty();
    }

    @Test
    void aSubnetWithPortsIsInUse() {
        String id = api.subnet(network, "10.0.0.0/24", "");
        api.port(network, "");
        assertThat(api.delete("/v2.0/subnets/" + id).error())
                .isEqualTo("409 SubnetInUse: Unable to complete operation on subnet " + id
                        + ": One or more ports have an IP allocation from this subnet.");
    }

    @Test
    void ipv6SubnetsHaveTheirFirstAddressAsGateway() {
        var made = create("\"cidr\": \"fd00::/64\", \"ip_version\": 6, \"ipv6_address_mode\": \"slaac\"");
        assertThat(made.at("/subnet/gateway_ip").asString()).isEqualTo("fd00::");
        var port = api.port(network, "\"mac_address\": \"fa:16:3e:01:02:03\"");
        assertThat(port.at("/fixed_ips/0/ip_address").asString()).isEqualTo("fd00::f816:3eff:fe01:203");
    }

    @Test
    void aChangeOfASubnetCountsAsItsNetworks() {
        String id = api.subnet(network, "10.0.0.0/24", "");
        int before = api.get("/v2.0/networks/" + network)
                .at("/network/revision_number")
                .asInt();
        api.put("/v2.0/subnets/" + id, "{\"subnet\": {\"name\": \"new\"}}");
        assertThat(api.get("/v2.0/networks/" + network)
                        .at("/network/revision_number")
                        .asInt())
                .isEqualTo(before + 1);
    }
}
