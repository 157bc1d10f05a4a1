package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    private Api api;
    private String network = "";
    private String subnet = "";

    @BeforeEach
    void start() {
        api = Api.in(folder);
        network = api.network("");
        subnet = api.subnet(network, "10.0.0.0/24", "");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Api.Answer create(String attributes) {
        return api.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\", " + attributes + "}}");
    }

    @Test
    void everyHostOfASubnetGetsOneAddressAndThenThereIsNone() {
        var ports = "{\"network_id\": \"" + network + "\"}";
        var bulk = api.post("/v2.0/ports", "{\"ports\": [" + (ports + ",").repeat(252) + ports + "]}");
        var seen = new HashSet<String>();
        bulk.at("/ports")
                .forEach(port -> seen.add(port.at("/fixed_ips/0/ip_address").asString()));
        assertThat(seen).hasSize(253).doesNotContain("10.0.0.0", "10.0.0.1", "10.0.0.255");
        assertThat(create("\"name\": \"late\"").error())
                .isEqualTo(
                        "409 IpAddressGenerationFailure: No more IP addresses available on network " + network + ".");
        String first = bulk.at("/ports/7/id").asString();
        String address = bulk.at("/ports/7/fixed_ips/0/ip_address").asString();
        api.delete("/v2.0/ports/" + first);
        assertThat(create("\"name\": \"late\"")
                        .at("/port/fixed_ips/0/ip_address")
                        .asString())
                .isEqualTo(address);
    }

    @Test
    void addressesAreDrawnNotCounted() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 5; i++) {
            seen.add(api.port(network, "").at("/fixed_ips/0/ip_address").asString());
        }
        assertThat(seen).isNotEqualTo(Set.of("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"));
    }

    @Test
    void anAddressThatIsAskedForIsGivenOnce() {
        String ip = "\"fixed_ips\": [{\"ip_address\": \"10.0.0.77\"}]";
        assertThat(create(ip).at("/port/fixed_ips/0/subnet_id").asString()).isEqualTo(subnet);
        assertThat(create(ip).error())
                .isEqualTo("409 IpAddressAlreadyAllocated: IP address 10.0.0.77 already allocated in subnet " + subnet);
        assertThat(create("\"fixed_ips\": [{\"ip_address\": \"10.9.9.9\"}]").error())
                .isEqualTo(
                        "400 InvalidIpForNetwork: IP address 10.9.9.9 is not a valid IP for any of the subnets on the"
                                + " specified network.");
        assertThat(create("\"fixed_ips\": [{\"ip_address\": \"10.0.0.255\"}]").error())
                .startsWith("400 InvalidIpForSubnet: ");
    }

    @Test
    void aMacIsUniqueOnItsNetworkOnly() {
        String mac = "\"mac_address\": \"fa:16:3e:00:00:07\"";
        assertThat(create(mac).status()).isEqualTo(201);
        assertThat(create(mac).error())
                .isEqualTo("409 MacAddressInUse: Unable to complete operation for network " + network
                        + ". The mac address fa:16:3e:00:00:07 is in use.");
        api.port(api.network(""), mac);
        assertThat(api.port(network, "").path("mac_address").asString()).startsWith("fa:16:3e:");
    }

    @Test
    void bulkIsAllOrNothing() {
        String good = "{\"network_id\": \"" + network + "\", \"name\": \"good\"}";
        String bad = "{\"network_id\": \"" + network + "\", \"fixed_ips\": [{\"ip_address\": \"1.2.3.4\"}]}";
        assertThat(api.post("/v2.0/ports", "{\"ports\": [" + good + "," + bad + "]}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/v2.0/ports").at("/ports")).isEmpty();
        assertThat(api.get("/v2.0/quotas/admin/details").at("/quota/port/used").asInt())
                .isZero();
    }

    @Test
    void addressesMoveWithAnUpdateAndTheOldOnesAreFree() {
        String id = api.port(network, "\"fixed_ips\": [{\"ip_address\": \"10.0.0.9\"}]")
                .path("id")
                .asString();
        var moved = api.put("/v2.0/ports/" + id, "{\"port\": {\"fixed_ips\": [{\"ip_address\": \"10.0.0.10\"}]}}");
        assertThat(moved.at("/port/fixed_ips/0/ip_address").asString()).isEqualTo("10.0.0.10");
        assertThat(create("\"fixed_ips\": [{\"ip_address\": \"10.0.0.9\"}]").status())
                .isEqualTo(201);
    }

    @Test
    void extraDhcpOptionsAreMergedByNameAndNullTakesOneAway() {
        String id = api.port(network, "\"extra_dhcp_opts\": [{\"opt_name\": \"bootfile-name\", \"opt_value\": \"a\"}]")
                .path("id")
                .asString();
        var after = api.put(
                "/v2.0/ports/" + id,
                "{\"port\": {\"extra_dhcp_opts\": [{\"opt_name\": \"tftp-server\", \"opt_value\": \"b\"}]}}");
        assertThat(after.at("/port/extra_dhcp_opts")).hasSize(2);
        after = api.put(
                "/v2.0/ports/" + id,
                "{\"port\": {\"extra_dhcp_opts\": [{\"opt_name\": \"bootfile-name\", \"opt_value\": null}]}}");
        assertThat(after.at("/port/extra_dhcp_opts/0/opt_name").asString()).isEqualTo("tftp-server");
    }

    @Test
    void addressPairsTakeThePortsMac() {
        var port = api.port(network, "\"allowed_address_pairs\": [{\"ip_address\": \"10.0.0.0/28\"}]");
        assertThat(port.at("/allowed_address_pairs/0/mac_address").asString())
                .isEqualTo(port.path("mac_address").asString());
    }

    @Test
    void aStaleRevisionIsRefused() {
        String id = api.port(network, "").path("id").asString();
        api.put("/v2.0/ports/" + id, "{\"port\": {\"name\": \"a\"}}");
        assertThat(api.put("/v2.0/ports/" + id, "{\"port\": {\"name\": \"b\"}}", "If-Match", "revision_number=1")
                        .error())
                .isEqualTo("412 RevisionNumberConstraintFailed: Constrained to 1, but current revision is 2");
        assertThat(api.put("/v2.0/ports/" + id, "{\"port\": {\"name\": \"b\"}}", "If-Match", "revision_number=2")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tenantsSeeTheirOwnAndMayNotBindOrSetAddressesOnOthersNetworks() {
        String shared = api.network("\"shared\": true");
        api.subnet(shared, "10.7.0.0/24", "");
        var tenant = api.as("tenant", "member");
        String mine = tenant.port(shared, "").path("id").asString();
        String other = api.port(shared, "").path("id").asString();
        assertThat(tenant.get("/v2.0/ports").at("/ports")).hasSize(1);
        assertThat(tenant.get("/v2.0/ports/" + mine).body().toString()).doesNotContain("binding:host_id");
        assertThat(tenant.get("/v2.0/ports/" + other).status()).isEqualTo(404);
        assertThat(tenant.delete("/v2.0/ports/" + other).error())
                .isEqualTo("404 PortNotFound: Port " + other + " could not be found.");
        String bind = "{\"port\": {\"network_id\": \"" + shared + "\", \"binding:host_id\": \"x\"}}";
        assertThat(tenant.post("/v2.0/ports", bind).status()).isEqualTo(403);
        String ip = "{\"port\": {\"network_id\": \"" + shared + "\", \"fixed_ips\": [{\"ip_address\": \"10.7.0.9\"}]}}";
        assertThat(tenant.post("/v2.0/ports", ip).status()).isEqualTo(403);
        assertThat(tenant.delete("/v2.0/networks/" + shared).error())
                .isEqualTo("403 PolicyNotAuthorized: rule:delete_network is disallowed by policy");
    }

    @Test
    void quotasHoldAndAreSetPerProject() {
        assertThat(api.put("/v2.0/quotas/admin", "{\"quota\": {\"port\": 1}}")
                        .at("/quota/port")
                        .asInt())
                .isEqualTo(1);
        api.port(network, "");
        assertThat(create("\"name\": \"x\"").error())
                .isEqualTo("409 OverQuota: Quota exceeded for resources: ['port'].");
        assertThat(api.delete("/v2.0/quotas/admin").status()).isEqualTo(204);
        assertThat(api.get("/v2.0/quotas/admin").at("/quota/port").asInt()).isEqualTo(500);
        api.port(network, "");
    }

    private String refused(String attributes) {
        String network = api.network("");
        var answer = api.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\", " + attributes + "}}");
        assertThat(api.get("/v2.0/ports?network_id=" + network).at("/ports")).isEmpty();
        return answer.error();
    }

    @Test
    void wrongAddressPairsAreNamed() {
        assertThat(refused("\"allowed_address_pairs\": [{\"mac_address\": \"fa:16:3e:00:00:01\"}]"))
                .isEqualTo("400 AllowedAddressPairsMissingIP: AllowedAddressPair must contain ip_address");
        String one = "{\"ip_address\": \"10.0.0.1\"}";
        assertThat(refused("\"allowed_address_pairs\": [" + one + ", " + one + "]"))
                .isEqualTo(
                        "400 DuplicateAddressPairInRequest: Request contains duplicate address pair: mac_address None"
                                + " ip_address 10.0.0.1.");
        assertThat(refused("\"allowed_address_pairs\": [{\"ip_address\": \"10.0.0.300\"}]"))
                .isEqualTo("400 HTTPBadRequest: '10.0.0.300' is not a valid IP address");
        assertThat(refused("\"allowed_address_pairs\": [{\"ip_address\": \"10.0.0.1\", \"colour\": \"red\"}]"))
                .isEqualTo("400 HTTPBadRequest: Unrecognized attribute(s) 'colour'");
        assertThat(refused("\"allowed_address_pairs\": {}"))
                .isEqualTo("400 HTTPBadRequest: Allowed address pairs must be a list.");
    }

    private static String option(String name, String value, String more) {
        return "\"extra_dhcp_opts\": [{\"opt_name\": \"" + name + "\", \"opt_value\": \"" + value + "\"" + more + "}]";
    }

    @Test
    void anExtraDhcpOptionIsOneLine() {
        assertThat(refused(option("bootfile-name", "a\\nb", "")))
                .startsWith(
                        "400 InvalidInput: Invalid input for operation: No valid key specs matched for: {'opt_name':"
                                + " 'bootfile-name'");
        assertThat(refused(option("bootfile-name", "", ""))).contains("No valid key specs matched");
        assertThat(refused(option("mtu", "9", ", \"ip_version\": 5"))).contains("No valid key specs matched");
        var port = api.port(api.network(""), option("router", "", ""));
        assertThat(port.at("/extra_dhcp_opts/0/ip_version").asInt()).isEqualTo(4);
    }
}
