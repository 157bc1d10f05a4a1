package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.net.IpPrefix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubnetpoolsTest {
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
        return api.post("/v2.0/subnetpools", "{\"subnetpool\": {\"name\": \"p\", " + attributes + "}}");
    }

    private String pool(String prefixes, String more) {
        var answer = create("\"prefixes\": [" + prefixes + "]" + (more.isEmpty() ? "" : ", " + more));
        assertThat(answer.status()).as(answer.error()).isEqualTo(201);
        return answer.at("/subnetpool/id").asString();
    }

    private Api.Answer update(String pool, String attributes) {
        return api.put("/v2.0/subnetpools/" + pool, "{\"subnetpool\": {" + attributes + "}}");
    }

    private static Api.Answer subnet(Api api, String network, int version, String attributes) {
        return api.post(
                "/v2.0/subnets",
                "{\"subnet\": {\"network_id\": \"" + network + "\", \"ip_version\": " + version + ", " + attributes
                        + "}}");
    }

    private Api.Answer from(String pool, String attributes) {
        String more = attributes.isEmpty() ? "" : ", " + attributes;
        return subnet(api, api.network(""), 4, "\"subnetpool_id\": \"" + pool + "\"" + more);
    }

    private static String cidr(Api.Answer subnet) {
        assertThat(subnet.status()).as(subnet.error()).isEqualTo(201);
        return subnet.at("/subnet/cidr").asString();
    }

    private String prefixes(String pool) {
        return api.get("/v2.0/subnetpools/" + pool).at("/subnetpool/prefixes").toString();
    }

    @Test
    void prefixesAreJoinedAndBoundsComeFromTheIpVersion() {
        var made = create("\"prefixes\": [\"10.1.0.0/16\", \"10.0.0.0/16\", \"10.0.4.0/24\"]");
        assertThat(made.at("/subnetpool/prefixes").toString()).isEqualTo("[\"10.0.0.0/15\"]");
        assertThat(made.at("/subnetpool/ip_version").asInt()).isEqualTo(4);
        assertThat(made.at("/subnetpool/min_prefixlen").toString()).isEqualTo("\"8\"");
        assertThat(made.at("/subnetpool/default_prefixlen").toString()).isEqualTo("\"8\"");
        assertThat(made.at("/subnetpool/max_prefixlen").toString()).isEqualTo("\"32\"");
        assertThat(made.at("/subnetpool/default_quota").isNull()).isTrue();
        assertThat(made.at("/subnetpool/address_scope_id").isNull()).isTrue();
        assertThat(made.at("/subnetpool/is_default").asBoolean(true)).isFalse();
        var six = create("\"prefixes\": [\"2001:db8::/48\"]");
        assertThat(six.at("/subnetpool/min_prefixlen").toString()).isEqualTo("\"64\"");
        assertThat(six.at("/subnetpool/max_prefixlen").toString()).isEqualTo("\"128\"");
        assertThat(api.get("/v2.0/subnetpools?min_prefixlen=64").at("/subnetpools"))
                .hasSize(1);
    }

    @Test
    void wrongPoolsAreRefusedInNeutronsWords() {
        assertThat(create("\"prefixes\": []").error())
                .isEqualTo("400 EmptySubnetPoolPrefixList: Empty subnet pool prefix list.");
        assertThat(create("\"prefixes\": [\"10.0.0.0/8\", \"2001:db8::/48\"]").error())
                .isEqualTo("400 PrefixVersionMismatch: Cannot mix IPv4 and IPv6 prefixes in a subnet pool.");
        assertThat(create("\"prefixes\": [\"10.0.0.0/8\"], \"min_prefixlen\": 24, \"max_prefixlen\": 20")
                        .error())
                .isEqualTo("400 IllegalSubnetPoolPrefixBounds: Illegal prefix bounds: min_prefixlen=24,"
                        + " max_prefixlen=20.");
        assertThat(create("\"prefixes\": [\"10.0.0.0/8\"], \"max_prefixlen\": 33")
                        .error())
                .isEqualTo("400 IllegalSubnetPoolPrefixBounds: Illegal prefix bounds: max_prefixlen=33,"
                        + " ip_version_max=32.");
        assertThat(create("\"prefixes\": [\"10.0.0.0/8\"], \"default_prefixlen\": -1")
                        .error())
                .isEqualTo(
                        "400 HTTPBadRequest: Invalid input for default_prefixlen. Reason: '-1' should be non-negative.");
        assertThat(create("\"prefixes\": \"10.0.0.0/8\"").error())
                .isEqualTo("400 HTTPBadRequest: Invalid input for prefixes. Reason: '10.0.0.0/8' is not a list.");
        assertThat(api.post("/v2.0/subnetpools", "{\"subnetpool\": {\"prefixes\": [\"10.0.0.0/8\"]}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Failed to parse request. Required attribute 'name' not specified");
        assertThat(api.get("/v2.0/subnetpools").at("/subnetpools")).isEmpty();
        assertThat(api.get("/v2.0/subnetpools/x").error())
                .isEqualTo("404 SubnetPoolNotFound: Subnet pool x could not be found.");
    }

    @Test
    void subnetsGetTheSmallestRoomThatFits() {
        String pool = pool("\"10.0.0.0/22\"", "\"default_prefixlen\": 26, \"min_prefixlen\": 22");
        assertThat(cidr(from(pool, "\"cidr\": \"10.0.1.0/24\""))).isEqualTo("10.0.1.0/24");
        var drawn = from(pool, "");
        assertThat(cidr(drawn)).isEqualTo("10.0.0.0/26");
        assertThat(drawn.at("/subnet/gateway_ip").asString()).isEqualTo("10.0.0.1");
        assertThat(drawn.at("/subnet/subnetpool_id").asString()).isEqualTo(pool);
        assertThat(drawn.at("/subnet/prefixlen").isMissingNode()).isTrue();
        assertThat(drawn.at("/subnet/use_default_subnetpool").isMissingNode()).isTrue();
        assertThat(cidr(from(pool, "\"prefixlen\": 24"))).isEqualTo("10.0.2.0/24");
        assertThat(cidr(from(pool, "\"prefixlen\": 25"))).isEqualTo("10.0.0.128/25");
        assertThat(cidr(from(pool, "\"prefixlen\": 26, \"gateway_ip\": \"10.0.3.70\"")))
                .isEqualTo("10.0.3.64/26");
        assertThat(from(pool, "\"prefixlen\": 24").error())
                .isEqualTo("500 SubnetAllocationError: Failed to allocate subnet: Insufficient prefix space to allocate"
                        + " subnet size /24.");
        assertThat(from(pool, "\"cidr\": \"10.0.1.64/26\"").error())
                .isEqualTo("500 SubnetAllocationError: Failed to allocate subnet: Cannot allocate requested subnet from"
                        + " the available set of prefixes.");
        assertThat(api.get("/v2.0/subnets?subnetpool_id=" + pool).at("/subnets"))
                .hasSize(5);
    }

    @Test
    void aDeletedSubnetGivesItsPrefixBack() {
        String pool = pool("\"10.0.0.0/24\"", "\"default_prefixlen\": 25");
        var one = from(pool, "");
        var two = from(pool, "");
        api.delete("/v2.0/subnets/" + one.at("/subnet/id").asString());
        api.delete("/v2.0/networks/" + two.at("/subnet/network_id").asString());
        assertThat(cidr(from(pool, "\"prefixlen\": 24"))).isEqualTo("10.0.0.0/24");
    }

    @Test
    void lengthsOutsideOfThePoolsBoundsAndOtherVersionsAreRefused() {
        String pool =
                pool("\"10.0.0.0/16\"", "\"min_prefixlen\": 20, \"default_prefixlen\": 24, \"max_prefixlen\": 26");
        assertThat(from(pool, "\"prefixlen\": 16").error())
                .isEqualTo("400 MinPrefixSubnetAllocationError: Unable to allocate subnet with prefix length 16,"
                        + " minimum allowed prefix is 20.");
        assertThat(from(pool, "\"cidr\": \"10.0.0.0/28\"").error())
                .isEqualTo("400 MaxPrefixSubnetAllocationError: Unable to allocate subnet with prefix length 28,"
                        + " maximum allowed prefix is 26.");
        assertThat(subnet(api, api.network(""), 6, "\"subnetpool_id\": \"" + pool + "\"")
                        .error())
                .isEqualTo("400 BadRequest: Bad subnets request: Cannot allocate IPv6 subnet from IPv4 subnet pool.");
        assertThat(from(pool, "\"cidr\": \"10.0.0.0/24\", \"prefixlen\": 24").error())
                .isEqualTo("400 BadRequest: Bad subnets request: cidr and prefixlen must not be supplied together.");
        assertThat(from(pool, "\"allocation_pools\": [{\"start\": \"10.0.0.5\", \"end\": \"10.0.0.9\"}]")
                        .error())
                .isEqualTo("400 BadRequest: Bad subnets request: allocation_pools allowed only for specific subnet"
                        + " requests..");
        assertThat(from("4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0001", "").error())
                .isEqualTo("404 SubnetPoolNotFound: Subnet pool 4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0001 could not be"
                        + " found.");
    }

    @Test
    void aProjectGetsNoMoreOfAPoolThanItsQuota() {
        String pool = pool("\"10.0.0.0/16\"", "\"default_prefixlen\": 25, \"default_quota\": 256");
        var first = from(pool, "");
        assertThat(first.status()).isEqualTo(201);
        assertThat(from(pool, "\"prefixlen\": 24").error())
                .isEqualTo("409 SubnetPoolQuotaExceeded: Per-tenant subnet pool prefix quota exceeded.");
        assertThat(from(pool, "").status()).isEqualTo(201);
        assertThat(from(pool, "\"prefixlen\": 32, \"enable_dhcp\": false").status())
                .isEqualTo(409);
        api.delete("/v2.0/subnets/" + first.at("/subnet/id").asString());
        assertThat(from(pool, "").status()).isEqualTo(201);
    }

    @Test
    void oneDefaultPoolForEachIpVersionServesWhoAsksForIt() {
        String asks = "\"use_default_subnetpool\": true";
        assertThat(subnet(api, api.network(""), 4, asks).error())
                .isEqualTo("400 BadRequest: Bad subnets request: No default subnetpool found for IPv4.");
        String pool = pool("\"10.0.0.0/8\"", "\"is_default\": true, \"default_prefixlen\": 24");
        assertThat(create("\"prefixes\": [\"11.0.0.0/8\"], \"is_default\": true")
                        .error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: A default subnetpool for this IP family has"
                        + " already been set. Only one default may exist per IP family.");
        pool("\"2001:db8::/48\"", "\"is_default\": true");
        assertThat(cidr(subnet(api, api.network(""), 4, asks))).isEqualTo("10.0.0.0/24");
        var six = subnet(api, api.network(""), 6, asks);
        assertThat(cidr(six)).isEqualTo("2001:db8::/64");
        assertThat(six.at("/subnet/gateway_ip").asString()).isEqualTo("2001:db8::1");
        assertThat(subnet(api, api.network(""), 4, asks + ", \"subnetpool_id\": \"" + pool + "\"")
                        .error())
                .isEqualTo("400 BadRequest: Bad subnets request: subnetpool_id and use_default_subnetpool cannot both"
                        + " be specified.");
        update(pool, "\"is_default\": false");
        String other = pool("\"12.0.0.0/8\"", "\"is_default\": true");
        assertThat(update(pool, "\"is_default\": true").status()).isEqualTo(400);
        api.delete("/v2.0/subnetpools/" + other);
        assertThat(update(pool, "\"is_default\": true").status()).isEqualTo(200);
    }

    @Test
    void subnetsOfANetworkComeFromOnePoolOrFromNone() {
        String one = pool("\"10.0.0.0/8\"", "\"default_prefixlen\": 24");
        String two = pool("\"11.0.0.0/8\"", "\"default_prefixlen\": 24");
        String network = api.network("");
        assertThat(subnet(api, network, 4, "\"subnetpool_id\": \"" + one + "\"").status())
                .isEqualTo(201);
        String refused = "400 NetworkSubnetPoolAffinityError: Subnets hosted on the same network must be allocated"
                + " from the same subnet pool.";
        assertThat(subnet(api, network, 4, "\"subnetpool_id\": \"" + two + "\"").error())
                .isEqualTo(refused);
        assertThat(subnet(api, network, 4, "\"cidr\": \"192.168.0.0/24\"").error())
                .isEqualTo(refused);
        assertThat(subnet(api, network, 6, "\"cidr\": \"2001:db8::/64\"").status())
                .isEqualTo(201);
        assertThat(subnet(api, network, 4, "\"subnetpool_id\": \"" + one + "\"").status())
                .isEqualTo(201);
    }

    @Test
    void aPoolWithSubnetsStays() {
        String pool = pool("\"10.0.0.0/8\"", "\"default_prefixlen\": 24");
        var subnet = from(pool, "");
        assertThat(api.delete("/v2.0/subnetpools/" + pool).error())
                .isEqualTo("400 SubnetPoolDeleteError: Unable to delete subnet pool: Subnet pool has existing"
                        + " allocations.");
        api.delete("/v2.0/subnets/" + subnet.at("/subnet/id").asString());
        assertThat(api.delete("/v2.0/subnetpools/" + pool).status()).isEqualTo(204);
    }

    @Test
    void prefixesMayBeAddedButNotTakenAwayByAnUpdate() {
        String pool = pool("\"10.0.0.0/24\"", "\"default_prefixlen\": 24");
        assertThat(update(pool, "\"prefixes\": [\"10.0.0.0/25\"]").error())
                .isEqualTo("400 IllegalSubnetPoolPrefixUpdate: Illegal update to prefixes: Existing prefixes must be a"
                        + " subset of the new prefixes.");
        assertThat(update(pool, "\"prefixes\": [\"10.0.0.0/24\", \"10.0.1.0/24\"]")
                        .at("/subnetpool/prefixes")
                        .toString())
                .isEqualTo("[\"10.0.0.0/23\"]");
        assertThat(cidr(from(pool, "\"prefixlen\": 23"))).isEqualTo("10.0.0.0/23");
        assertThat(update(pool, "\"default_prefixlen\": 7").error()).startsWith("400 IllegalSubnetPoolPrefixBounds");
        assertThat(update(pool, "\"shared\": true").error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute shared");
        assertThat(update(pool, "\"max_prefixlen\": 30, \"name\": \"q\"")
                        .at("/subnetpool/max_prefixlen")
                        .asString())
                .isEqualTo("30");
    }

    @Test
    void prefixOperationsAddAndRemoveWhatNoSubnetHas() {
        String pool = pool("\"10.0.0.0/24\"", "\"default_prefixlen\": 25");
        String path = "/v2.0/subnetpools/" + pool;
        assertThat(api.put(path + "/add_prefixes", "{\"prefixes\": [\"10.0.1.0/24\", \"10.0.4.0/24\"]}")
                        .body()
                        .toString())
                .isEqualTo("{\"prefixes\":[\"10.0.0.0/23\",\"10.0.4.0/24\"]}");
        assertThat(cidr(from(pool, "\"cidr\": \"10.0.0.0/25\""))).isEqualTo("10.0.0.0/25");
        assertThat(api.put(path + "/remove_prefixes", "{\"prefixes\": [\"10.0.0.0/24\"]}")
                        .error())
                .isEqualTo("400 IllegalSubnetPoolPrefixUpdate: Illegal update to prefixes: One or more the prefixes to"
                        + " be removed is in use by a subnet..");
        assertThat(api.put(path + "/remove_prefixes", "{\"prefixes\": [\"10.0.0.128/25\", \"10.0.4.0/22\"]}")
                        .body()
                        .toString())
                .isEqualTo("{\"prefixes\":[\"10.0.0.0/25\",\"10.0.1.0/24\"]}");
        assertThat(from(pool, "\"cidr\": \"10.0.0.128/25\"").status()).isEqualTo(500);
        assertThat(api.put(path + "/remove_prefixes", "{\"prefixes\": []}").error())
                .isEqualTo("400 HTTPBadRequest: Request body contains invalid data");
        assertThat(api.put(path + "/add_prefixes", "{\"prefixes\": [\"x\"]}").status())
                .isEqualTo(400);
        assertThat(api.get(path + "/add_prefixes").status()).isEqualTo(405);
        assertThat(prefixes(pool)).isEqualTo("[\"10.0.0.0/25\",\"10.0.1.0/24\"]");
    }

    @Test
    void aNetworksSubnetsJoinAPool() {
        String pool = pool("\"10.0.0.0/24\"", "\"default_prefixlen\": 25");
        String network = api.network("");
        String inside = api.subnet(network, "10.0.0.0/25", "");
        String outside = api.subnet(network, "192.168.0.0/24", "");
        String path = "/v2.0/subnetpools/" + pool + "/onboard_network_subnets";
        assertThat(api.put(path, "{}").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: network_id must be specified..");
        var answer = api.put(path, "{\"network_id\": \"" + network + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().body()).contains(inside, outside).startsWith("[");
        assertThat(prefixes(pool)).isEqualTo("[\"10.0.0.0/24\",\"192.168.0.0/24\"]");
        assertThat(api.get("/v2.0/subnets/" + inside)
                        .at("/subnet/subnetpool_id")
                        .asString())
                .isEqualTo(pool);
        assertThat(cidr(from(pool, ""))).isEqualTo("10.0.0.128/25");
        assertThat(from(pool, "").status()).isEqualTo(500);
        assertThat(api.put(path, "{\"network_id\": \"" + network + "\"}").error())
                .startsWith("400 IllegalSubnetPoolUpdate: Illegal subnetpool update : Onboarding subnet ")
                .endsWith("conflicts with allocated prefixes in subnet pool " + pool + ".");
        api.delete("/v2.0/subnets/" + outside);
        assertThat(cidr(from(pool, "\"prefixlen\": 24"))).isEqualTo("192.168.0.0/24");
    }

    @Test
    void othersSubnetsAreNotOnboarded() {
        var tenant = api.as("tenant", "member");
        String shared = api.network("\"shared\": true");
        var pool =
                tenant.post("/v2.0/subnetpools", "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.0.0.0/8\"]}}");
        assertThat(tenant.put(
                                "/v2.0/subnetpools/" + pool.at("/subnetpool/id").asString()
                                        + "/onboard_network_subnets",
                                "{\"network_id\": \"" + shared + "\"}")
                        .error())
                .isEqualTo("403 NotAuthorized: Not authorized.");
    }

    @Test
    void aSubnetWithDelegatedPrefixWaitsWithAProvisionalOne() {
        String network = api.network("");
        String pd = "\"subnetpool_id\": \"prefix_delegation\"";
        assertThat(subnet(api, network, 4, pd).error())
                .isEqualTo("400 BadRequest: Bad subnets request: Prefix Delegation can only be used with IPv6"
                        + " subnets..");
        assertThat(subnet(api, network, 6, pd).error())
                .isEqualTo("400 BadRequest: Bad subnets request: IPv6 RA Mode must be SLAAC or Stateless for Prefix"
                        + " Delegation..");
        var made = subnet(api, network, 6, pd + ", \"ipv6_ra_mode\": \"slaac\", \"ipv6_address_mode\": \"slaac\"");
        assertThat(cidr(made)).isEqualTo("::/64");
        assertThat(made.at("/subnet/subnetpool_id").asString()).isEqualTo("prefix_delegation");
        assertThat(api.delete("/v2.0/networks/" + network).status()).isEqualTo(204);
    }

    @Test
    void poolsOfOthersAreSeenAndUsedWhereShared() {
        var tenant = api.as("tenant", "member");
        String own = pool("\"10.0.0.0/8\"", "\"default_prefixlen\": 24");
        String shared = pool("\"11.0.0.0/8\"", "\"default_prefixlen\": 24, \"shared\": true");
        assertThat(tenant.get("/v2.0/subnetpools?fields=id").at("/subnetpools").toString())
                .isEqualTo("[{\"id\":\"" + shared + "\"}]");
        String network = tenant.network("");
        assertThat(subnet(tenant, network, 4, "\"subnetpool_id\": \"" + own + "\"")
                        .error())
                .startsWith("404 SubnetPoolNotFound");
        assertThat(subnet(tenant, network, 4, "\"subnetpool_id\": \"" + shared + "\"")
                        .status())
                .isEqualTo(201);
        assertThat(tenant.put("/v2.0/subnetpools/" + shared, "{\"subnetpool\": {\"name\": \"x\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(tenant.post(
                                "/v2.0/subnetpools",
                                "{\"subnetpool\": {\"name\": \"x\", \"prefixes\": [\"10.0.0.0/8\"], \"shared\": true}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void writersAtTheSameTimeNeverGetOverlappingPrefixes() throws Exception {
        String pool = pool("\"10.0.0.0/20\"", "\"default_prefixlen\": 26");
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 72; i++) {
            String network = api.network("");
            String length = "\"subnetpool_id\": \"" + pool + "\", \"prefixlen\": " + (26 + i % 2);
            requests.add(() -> subnet(api, network, 4, length));
        }
        var cidrs = new ArrayList<IpPrefix>();
        try (var writers = Executors.newFixedThreadPool(16)) {
            for (var answer : writers.invokeAll(requests)) {
                cidrs.add(IpPrefix.parse(cidr(answer.get())));
            }
        }
        for (int i = 0; i < cidrs.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(cidrs.get(i).overlaps(cidrs.get(j)))
                        .as(cidrs.get(i) + " and " + cidrs.get(j))
                        .isFalse();
            }
        }
    }
}
