package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PolicyTest {
    @TempDir
    Path folder;

    private void policy(String... rules) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), String.join("\n", rules));
    }

    private static String network(Api.Answer answer) {
        return answer.at("/network/id").asString();
    }

    @Test
    void aMemberMayNotSetWhatAdministratorsSet() {
        try (var api = Api.in(folder)) {
            var member = api.as("p", "member");
            assertThat(member.post("/v2.0/networks", "{\"network\": {\"shared\": true}}")
                            .error())
                    .isEqualTo("403 PolicyNotAuthorized: (rule:create_network and rule:create_network:shared) is"
                            + " disallowed by policy");
            String id = member.network("\"shared\": false");
            assertThat(member.put("/v2.0/networks/" + id, "{\"network\": {\"router:external\": false}}")
                            .error())
                    .isEqualTo("403 PolicyNotAuthorized: (rule:update_network and rule:update_network:router:external)"
                            + " is disallowed by policy");
            assertThat(api.get("/v2.0/networks/" + id)
                            .at("/network/revision_number")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    /** {@code rule}: that makes an answer {@code status} for a plain member. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get_agent|GET|agents/AGENT||404|200",
                "update_agent|PUT|agents/AGENT|{\"agent\": {\"description\": \"d\"}}|404|200",
                "delete_agent|DELETE|agents/AGENT||404|204",
                "get_dhcp-networks|GET|agents/AGENT/dhcp-networks||403|200",
                "create_dhcp-network|POST|agents/AGENT/dhcp-networks|{\"network_id\": \"NETWORK\"}|403|409",
                "delete_dhcp-network|DELETE|agents/AGENT/dhcp-networks/NETWORK||403|204",
                "get_dhcp-agents|GET|networks/NETWORK/dhcp-agents||403|200",
                "get_quota|GET|quotas||403|200",
                "get_quota|GET|quotas/other||403|200",
                "get_quota|GET|quotas/other/default||403|200",
                "update_quota|PUT|quotas/other|{\"quota\": {\"port\": 1}}|403|200",
                "delete_quota|DELETE|quotas/other||403|404",
                "get_network_ip_availability|GET|network-ip-availabilities/NETWORK||404|200",
                "get_port_binding|GET|ports/PORT/bindings||403|200",
                "get_port_binding|GET|ports/PORT/bindings/compute01||403|200",
                "create_port_binding|POST|ports/PORT/bindings|{\"binding\": {\"host\": \"compute02\"}}|403|201",
                "update_port_binding|PUT|ports/PORT/bindings/compute01|{\"binding\": {}}|403|200",
                "delete_port_binding|DELETE|ports/PORT/bindings/compute01||403|204",
                "activate|PUT|ports/PORT/bindings/compute01/activate||403|409",
            })
    void anOperatorsRuleDecidesWhatNeutronLeavesToAdministrators(
            String rule, String method, String path, @Nullable String body, int before, int after) throws IOException {
        try (var api = Api.in(folder)) {
            for (var host : List.of("compute01", "compute02")) {
                api.report(host, "Linux bridge agent", "");
            }
            api.report("compute01", "DHCP agent", "");
            var member = api.as("p", "member");
            String network = member.network("");
            member.subnet(network, "10.0.0.0/24", "");
            String port = api.port(
                            network,
                            "\"project_id\": \"p\", \"binding:host_id\": \"compute01\", \"device_owner\": \"compute:nova\"")
                    .path("id")
                    .asString();
            String agent = api.get("/v2.0/agents?agent_type=DHCP+agent")
                    .at("/agents/0/id")
                    .asString();
            String url = "/v2.0/"
                    + path.replace("AGENT", agent).replace("NETWORK", network).replace("PORT", port);
            String json = body == null ? null : body.replace("NETWORK", network);
            assertThat(member.send(method, url, json).status()).isEqualTo(before);
            // What is changed must be seen too, or there is nothing to change.
            policy(
                    "\"" + rule + "\": \"role:member\"",
                    rule.endsWith("_agent") ? "\"get_agent\": \"role:member\"" : "");
            assertThat(member.send(method, url, json).status()).isEqualTo(after);
        }
    }

    @Test
    void whatARuleHidesOfComputedThingsIsLeftOutOfLists() throws IOException {
        try (var api = Api.in(folder)) {
            api.report("controller01", "DHCP agent", "");
            var member = api.as("p", "member");
            String own = member.network("");
            api.network("");
            assertThat(member.get("/v2.0/network-ip-availabilities").at("/network_ip_availabilities"))
                    .isEmpty();
            assertThat(member.get("/v2.0/agents").at("/agents")).isEmpty();
            assertThat(member.get("/v2.0/availability_zones").at("/availability_zones"))
                    .hasSize(1);
            policy(
                    "\"get_network_ip_availability\": \"rule:admin_or_owner\"",
                    "\"get_agent\": \"role:member\"",
                    "\"get_availability_zone\": \"role:admin\"");
            assertThat(member.get("/v2.0/network-ip-availabilities")
                            .at("/network_ip_availabilities/0/network_id")
                            .asString())
                    .isEqualTo(own);
            assertThat(member.get("/v2.0/network-ip-availabilities").at("/network_ip_availabilities"))
                    .hasSize(1);
            assertThat(member.get("/v2.0/agents").at("/agents")).hasSize(1);
            assertThat(member.get("/v2.0/availability_zones").at("/availability_zones"))
                    .isEmpty();
        }
    }

    @Test
    void eachKeyOfAFixedAddressHasARuleOfItsOwn() {
        try (var api = Api.in(folder)) {
            String shared = api.network("\"shared\": true");
            String subnet = api.subnet(shared, "10.0.0.0/24", "");
            var member = api.as("p", "member");
            String body = "{\"port\": {\"network_id\": \"" + shared + "\", \"fixed_ips\": [{\"subnet_id\": \"" + subnet
                    + "\"%s}]}}";
            assertThat(member.post("/v2.0/ports", body.formatted("")).status()).isEqualTo(201);
            assertThat(member.post("/v2.0/ports", body.formatted(", \"ip_address\": \"10.0.0.9\""))
                            .error())
                    .isEqualTo("403 PolicyNotAuthorized: (rule:create_port and (rule:create_port:fixed_ips and"
                            + " (rule:create_port:fixed_ips:subnet_id and rule:create_port:fixed_ips:ip_address))) is"
                            + " disallowed by policy");
        }
    }

    @Test
    void aPortOnANetworkThatIsNeitherOwnedNorSharedIsRefused() {
        try (var api = Api.in(folder)) {
            String external = api.network("\"router:external\": true");
            String hidden = api.network("");
            var member = api.as("p", "member");
            assertThat(member.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + external + "\"}}")
                            .error())
                    .isEqualTo("403 HTTPForbidden: Tenant p not allowed to create port on this network");
            assertThat(member.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + hidden + "\"}}")
                            .error())
                    .isEqualTo("404 NetworkNotFound: Network " + hidden + " could not be found.");
            assertThat(api.get("/v2.0/ports").at("/ports")).isEmpty();
        }
    }

    @Test
    void aServiceWorksOnPortsOfAllProjects() {
        try (var api = Api.in(folder)) {
            String id = api.port(api.network(""), "").path("id").asString();
            for (var role : new String[] {"advsvc", "service"}) {
                var service = api.as("services", role);
                assertThat(service.get("/v2.0/ports/" + id).status()).isEqualTo(200);
                assertThat(service.put("/v2.0/ports/" + id, "{\"port\": {\"name\": \"" + role + "\"}}")
                                .at("/port/name")
                                .asString())
                        .isEqualTo(role);
            }
            assertThat(api.as("services", "service")
                            .get("/v2.0/ports/" + id)
                            .at("/port")
                            .has("binding:host_id"))
                    .isTrue();
            assertThat(api.as("services", "advsvc")
                            .get("/v2.0/ports/" + id)
                            .at("/port")
                            .has("binding:host_id"))
                    .isFalse();
        }
    }

    @Test
    void anOperatorsRulesStandInPlaceOfTheDefaults() throws IOException {
        policy(
                "\"create_network\": \"role:builder\"",
                "\"create_network:shared\": \"role:builder and not role:apprentice\"",
                "\"get_network:provider:network_type\": \"rule:admin_or_owner\"",
                "\"context_is_admin\": \"role:admin or role:boss\"");
        try (var api = Api.in(folder)) {
            assertThat(api.as("p", "member")
                            .post("/v2.0/networks", "{\"network\": {}}")
                            .error())
                    .isEqualTo("403 PolicyNotAuthorized: rule:create_network is disallowed by policy");
            var builder = api.as("p", "builder");
            var made = builder.post("/v2.0/networks", "{\"network\": {\"shared\": true}}");
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.at("/network").has("provider:network_type"))
                    .as("the owner's own attribute")
                    .isTrue();
            assertThat(made.at("/network").has("provider:segmentation_id")).isFalse();
            assertThat(api.as("p", "builder,apprentice")
                            .post("/v2.0/networks", "{\"network\": {\"shared\": true}}")
                            .status())
                    .isEqualTo(403);
            var other = api.as("q", "member").get("/v2.0/networks/" + network(made));
            assertThat(other.status()).isEqualTo(200);
            assertThat(other.at("/network").has("provider:network_type")).isFalse();
            assertThat(api.as("r", "boss")
                            .delete("/v2.0/networks/" + network(made))
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void anOperatorsRuleForSeeingHidesDocumentsAndPagesStayFull() throws IOException {
        policy("\"get_network\": \"rule:admin_only or field:networks:description=open\"");
        try (var api = Api.in(folder)) {
            var member = api.as("p", "member");
            String hidden = "";
            for (int i = 0; i < 12; i++) {
                String id =
                        member.network("\"name\": \"n\", \"description\": \"" + (i % 3 == 0 ? "open" : "shut") + "\"");
                hidden = i % 3 == 0 ? hidden : id;
            }
            assertThat(member.get("/v2.0/networks").at("/networks")).hasSize(4);
            var ids = new ArrayList<String>();
            String marker = "";
            for (int page = 0; page < 2; page++) {
                var found = member.get("/v2.0/networks?limit=2" + marker).at("/networks");
                assertThat(found).as("page " + page).hasSize(2);
                found.forEach(one -> ids.add(one.path("id").asString()));
                marker = "&marker=" + ids.getLast();
            }
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(member.get("/v2.0/networks?limit=2" + marker).at("/networks"))
                    .isEmpty();
            var shown = member.get("/v2.0/networks/" + hidden);
            assertThat(shown.status()).isEqualTo(404);
            assertThat(shown.body().has("NeutronError"))
                    .as("Neutron leaves the wrapper away here")
                    .isFalse();
            assertThat(member.put("/v2.0/networks/" + hidden, "{\"network\": {\"shared\": true}}")
                            .error())
                    .isEqualTo("404 HTTPNotFound: The resource could not be found.");
            assertThat(api.get("/v2.0/networks").at("/networks")).hasSize(12);
        }
    }

    @Test
    void withNewDefaultsAReaderOnlyReads() {
        try (var api = Api.in(folder, "[oslo_policy]", "enforce_new_defaults = true")) {
            String id = api.as("p", "member").network("\"name\": \"n\"");
            var reader = api.as("p", "reader");
            assertThat(reader.get("/v2.0/networks").at("/networks/0/id").asString())
                    .isEqualTo(id);
            assertThat(reader.post("/v2.0/networks", "{\"network\": {}}").status())
                    .isEqualTo(403);
            assertThat(reader.delete("/v2.0/networks/" + id).error())
                    .isEqualTo("403 PolicyNotAuthorized: rule:delete_network is disallowed by policy");
            var nobody = api.as("p", "stranger");
            assertThat(nobody.get("/v2.0/networks").at("/networks")).isEmpty();
            assertThat(nobody.get("/v2.0/networks/" + id).status()).isEqualTo(404);
            assertThat(api.get("/v2.0/networks").at("/networks/0").has("provider:network_type"))
                    .isTrue();
        }
    }

    @Test
    void filesOfAFolderComeAfterThePolicyFileByName() throws IOException {
        policy("\"create_network\": \"!\"");
        var more = Files.createDirectory(folder.resolve("more.d"));
        Files.writeString(more.resolve("20-late.yaml"), "create_network: role:late");
        Files.writeString(more.resolve("10-early.json"), "{\"create_network\": [[\"role:early\"]]}");
        try (var api = Api.in(folder, "[oslo_policy]", "policy_dirs = more.d")) {
            assertThat(api.as("p", "early")
                            .post("/v2.0/networks", "{\"network\": {}}")
                            .status())
                    .isEqualTo(403);
            assertThat(api.as("p", "late")
                            .post("/v2.0/networks", "{\"network\": {}}")
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aChangedFileIsReadAgainAndAWrongOneIsNot() throws IOException {
        policy("\"create_network\": \"role:one\"");
        try (var api = Api.in(folder)) {
            var one = api.as("p", "one");
            assertThat(one.post("/v2.0/networks", "{\"network\": {}}").status()).isEqualTo(201);
            policy("\"create_network\": \"role:another\"");
            Awaitility.await()
                    .until(() -> one.post("/v2.0/networks", "{\"network\": {}}").status() == 403);
            policy("\"create_network\": \"role:one and (\"");
            assertThat(api.as("p", "another")
                            .post("/v2.0/networks", "{\"network\": {}}")
                            .status())
                    .as("the last rules that could be read stay")
                    .isEqualTo(201);
            Files.delete(folder.resolve("policy.yaml"));
            Awaitility.await()
                    .until(() -> one.post("/v2.0/networks", "{\"network\": {}}").status() == 201);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            role:member and            | it ends where a check must stand
            (role:member               | a parenthesis is not closed
            role:member role:admin     | 'role:admin' stands where 'and' or 'or' must
            member                     | 'member' is no check
            tenant_id:mine             | names no attribute
            field:networks:shared      | is not field:COLLECTION:ATTRIBUTE=VALUE
            field:networks:shared=what | can be no value of shared
            field:ports:name=~(        | is no regular expression
            project_id:%project        | has a % that begins no %(attribute)s
            http://judge/%(name)s      | asks another server
            rule:delete_network        | it leads back to itself
            """)
    void aRuleThatCannotBeUnderstoodEndsTheStartWithItsName(String rule, String problem) throws IOException {
        policy("\"delete_network\": \"" + rule.strip() + "\"");
        assertThatThrownBy(() -> Api.in(folder).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("policy.yaml")
                .hasMessageContaining("\"delete_network\"")
                .hasMessageContaining(problem.strip());
    }

    @Test
    void aFileThatIsNoYamlEndsTheStart() throws IOException {
        policy("\"delete_network\": [");
        assertThatThrownBy(() -> Api.in(folder).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("policy.yaml: it is not YAML, line");
    }

    @Test
    void subnetsOfExternalNetworksAreNotForEveryone() {
        try (var api = Api.in(folder)) {
            String external = api.network("\"router:external\": true");
            String subnet = api.subnet(external, "10.0.0.0/24", "");
            var member = api.as("p", "member");
            assertThat(ids(member.get("/v2.0/networks").at("/networks"))).containsExactly(external);
            assertThat(member.get("/v2.0/subnets").at("/subnets")).isEmpty();
            assertThat(member.get("/v2.0/subnets/" + subnet).status()).isEqualTo(404);
        }
    }

    private static Iterable<String> ids(JsonNode list) {
        return list.valueStream().map(one -> one.path("id").asString()).toList();
    }
}
