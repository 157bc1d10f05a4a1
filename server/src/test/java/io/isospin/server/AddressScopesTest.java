package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressScopesTest {
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

    private String scope(int version, String more) {
        var answer = api.post(
                "/v2.0/address-scopes",
                "{\"address_scope\": {\"name\": \"s\", \"ip_version\": " + version + more + "}}");
        assertThat(answer.status()).as(answer.error()).isEqualTo(201);
        return answer.at("/address_scope/id").asString();
    }

    private Api.Answer pool(String prefix, String scope) {
        return api.post(
                "/v2.0/subnetpools",
                "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"" + prefix + "\"], \"default_prefixlen\": "
                        + (prefix.indexOf(':') >= 0 ? 64 : 24)
                        + (scope.isEmpty() ? "" : ", \"address_scope_id\": \"" + scope + "\"") + "}}");
    }

    private static String id(Api.Answer pool) {
        assertThat(pool.status()).as(pool.error()).isEqualTo(201);
        return pool.at("/subnetpool/id").asString();
    }

    private Api.Answer subnet(String network, int version, String pool) {
        return api.post(
                "/v2.0/subnets",
                "{\"subnet\": {\"network_id\": \"" + network + "\", \"ip_version\": " + version
                        + ", \"subnetpool_id\": \"" + pool + "\"}}");
    }

    private String scopeOf(String network, int version) {
        return api.get("/v2.0/networks/" + network)
                .at("/network/ipv" + version + "_address_scope")
                .asString("none");
    }

    @Test
    void anAddressScopeHasNoStandardAttributes() {
        String id = scope(4, "");
        assertThat(api.get("/v2.0/address-scopes/" + id).body().toString())
                .isEqualTo("{\"address_scope\":{\"id\":\"" + id
                        + "\",\"name\":\"s\",\"tenant_id\":\"admin\",\"project_id\":\"admin\",\"shared\":false,"
                        + "\"ip_version\":4}}");
        assertThat(api.put("/v2.0/address-scopes/" + id, "{\"address_scope\": {\"name\": \"t\"}}")
                        .body()
                        .toString())
                .contains("\"name\":\"t\"")
                .doesNotContain("revision_number", "updated_at");
        assertThat(api.get("/v2.0/address-scopes?name=t").at("/address_scopes")).hasSize(1);
        assertThat(api.delete("/v2.0/address-scopes/" + id).status()).isEqualTo(204);
        assertThat(api.get("/v2.0/address-scopes/" + id).error())
                .isEqualTo("404 AddressScopeNotFound: Address scope " + id + " could not be found.");
    }

    @Test
    void aSharedScopeStaysShared() {
        String id = scope(4, ", \"shared\": true");
        assertThat(api.put("/v2.0/address-scopes/" + id, "{\"address_scope\": {\"shared\": false}}")
                        .error())
                .isEqualTo("400 AddressScopeUpdateError: Unable to update address scope " + id
                        + " : Shared address scope can't be unshared.");
        assertThat(api.put("/v2.0/address-scopes/" + id, "{\"address_scope\": {\"ip_version\": 6}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute ip_version");
    }

    @Test
    void aScopeWithPoolsStays() {
        String scope = scope(4, "");
        String pool = id(pool("10.0.0.0/8", scope));
        assertThat(api.delete("/v2.0/address-scopes/" + scope).error())
                .isEqualTo("409 AddressScopeInUse: Unable to complete operation on address scope " + scope
                        + ". There are one or more subnet pools in use on the address scope.");
        api.delete("/v2.0/subnetpools/" + pool);
        assertThat(api.delete("/v2.0/address-scopes/" + scope).status()).isEqualTo(204);
    }

    @Test
    void poolsOfAScopeShareNoAddresses() {
        String scope = scope(4, "");
        String refused = "409 AddressScopePrefixConflict: Failed to associate address scope: subnetpools within an"
                + " address scope must have unique prefixes.";
        String one = id(pool("10.0.0.0/16", scope));
        assertThat(pool("10.0.3.0/24", scope).error()).isEqualTo(refused);
        assertThat(pool("10.0.0.0/8", scope).error()).isEqualTo(refused);
        String two = id(pool("10.1.0.0/16", scope));
        assertThat(api.put(
                                "/v2.0/subnetpools/" + two,
                                "{\"subnetpool\": {\"prefixes\": [\"10.1.0.0/16\", \"10.0.9.0/24\"]}}")
                        .error())
                .isEqualTo(refused);
        assertThat(api.put("/v2.0/subnetpools/" + one, "{\"subnetpool\": {\"address_scope_id\": null}}")
                        .status())
                .isEqualTo(200);
        String three = id(pool("10.0.3.0/24", scope));
        assertThat(api.put("/v2.0/subnetpools/" + one, "{\"subnetpool\": {\"address_scope_id\": \"" + scope + "\"}}")
                        .error())
                .isEqualTo(refused);
        api.delete("/v2.0/subnetpools/" + three);
        assertThat(api.put("/v2.0/subnetpools/" + one, "{\"subnetpool\": {\"address_scope_id\": \"" + scope + "\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void scopeAndPoolHaveOneIpVersion() {
        String scope = scope(6, "");
        assertThat(pool("10.0.0.0/8", scope).error())
                .startsWith("400 IllegalSubnetPoolIpVersionAssociationToAddressScope: Illegal subnetpool association:"
                        + " subnetpool ")
                .endsWith("cannot associate with address scope " + scope + " because subnetpool ip_version is not 6.");
        assertThat(pool("10.0.0.0/8", "4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0001").error())
                .isEqualTo("404 AddressScopeNotFound: Address scope 4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0001 could not be"
                        + " found.");
    }

    @Test
    void aNetworkIsInTheScopeOfItsSubnets() {
        String four = scope(4, "");
        String six = scope(6, "");
        String network = api.network("");
        assertThat(scopeOf(network, 4)).isEqualTo("none");
        var subnet = subnet(network, 4, id(pool("10.0.0.0/8", four)));
        subnet(network, 6, id(pool("2001:db8::/48", six)));
        assertThat(scopeOf(network, 4)).isEqualTo(four);
        assertThat(scopeOf(network, 6)).isEqualTo(six);
        api.delete("/v2.0/subnets/" + subnet.at("/subnet/id").asString());
        assertThat(scopeOf(network, 4)).isEqualTo("none");
        assertThat(scopeOf(network, 6)).isEqualTo(six);
    }

    @Test
    void subnetsOfANetworkAreOfOneScope() {
        String scope = scope(4, "");
        String network = api.network("");
        String one = id(pool("10.0.0.0/16", scope));
        assertThat(subnet(network, 4, one).status()).isEqualTo(201);
        assertThat(subnet(network, 4, id(pool("10.1.0.0/16", scope))).status()).isEqualTo(201);
        String refused = "400 NetworkAddressScopeAffinityError: Subnets of the same address family hosted on the same"
                + " network must all participate in the same address scope.";
        assertThat(subnet(network, 4, id(pool("10.2.0.0/16", ""))).error()).isEqualTo(refused);
        assertThat(subnet(network, 4, id(pool("10.3.0.0/16", scope(4, "")))).error())
                .isEqualTo(refused);
        assertThat(api.put(
                                "/v2.0/subnetpools/" + one,
                                "{\"subnetpool\": {\"address_scope_id\": \"" + scope(4, "") + "\"}}")
                        .error())
                .isEqualTo(refused);
    }

    @Test
    void anotherScopeOfAPoolIsItsNetworksToo() {
        String before = scope(4, "");
        String after = scope(4, "");
        String pool = id(pool("10.0.0.0/16", before));
        String network = api.network("");
        subnet(network, 4, pool);
        api.put("/v2.0/subnetpools/" + pool, "{\"subnetpool\": {\"address_scope_id\": \"" + after + "\"}}");
        assertThat(scopeOf(network, 4)).isEqualTo(after);
        api.put("/v2.0/subnetpools/" + pool, "{\"subnetpool\": {\"address_scope_id\": null}}");
        assertThat(scopeOf(network, 4)).isEqualTo("none");
    }

    @Test
    void othersUseASharedScopeButNotAPrivateOne() {
        var tenant = api.as("tenant", "member");
        String hidden = scope(4, "");
        String shared = scope(4, ", \"shared\": true");
        String body = "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.0.0.0/8\"], \"address_scope_id\": \"";
        assertThat(tenant.post("/v2.0/subnetpools", body + hidden + "\"}}").error())
                .startsWith("404 AddressScopeNotFound");
        var made = tenant.post("/v2.0/subnetpools", body + shared + "\"}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(tenant.put("/v2.0/subnetpools/" + id(made), "{\"subnetpool\": {\"name\": \"q\"}}")
                        .error())
                .isEqualTo("400 IllegalSubnetPoolUpdate: Illegal subnetpool update : subnetpool " + id(made)
                        + " cannot be updated when associated with shared address scope " + shared + ".");
        assertThat(tenant.post("/v2.0/address-scopes", "{\"address_scope\": {\"ip_version\": 4, \"shared\": true}}")
                        .status())
                .isEqualTo(403);
    }
}
