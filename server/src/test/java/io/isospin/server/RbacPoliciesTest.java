package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RbacPoliciesTest {
    private static final String SHARED = "access_as_shared";
    private static final String EXTERNAL = "access_as_external";

    @TempDir
    Path folder;

    private Api api;
    private Api owner;
    private Api friend;
    private Api stranger;

    @BeforeEach
    void start() {
        api = Api.in(folder);
        owner = api.as("owner", "member");
        friend = api.as("friend", "member");
        stranger = api.as("stranger", "member");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static Api.Answer share(Api by, String object, String action, String target) {
        return share(by, "network", object, action, target);
    }

    private static Api.Answer share(Api by, String type, String object, String action, String target) {
        return by.post(
                "/v2.0/rbac-policies",
                "{\"rbac_policy\": {\"object_type\": \"" + type + "\", \"object_id\": \"" + object
                        + "\", \"action\": \"" + action + "\", \"target_tenant\": \"" + target + "\"}}");
    }

    private static String shared(Api by, String object, String action, String target) {
        var answer = share(by, object, action, target);
        assertThat(answer.status()).as(answer.error()).isEqualTo(201);
        return answer.at("/rbac_policy/id").asString();
    }

    private static List<String> ids(Api.Answer answer, String collection) {
        return answer.at("/" + collection)
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    private JsonNode network(Api by, String id) {
        return by.get("/v2.0/networks/" + id).at("/network");
    }

    @Test
    void anOwnerSharesANetworkWithOneProject() {
        String id = owner.network("\"name\": \"n\"");
        String subnet = owner.subnet(id, "10.0.0.0/24", "");
        assertThat(friend.get("/v2.0/networks/" + id).status()).isEqualTo(404);
        var made = share(owner, id, SHARED, "friend").at("/rbac_policy");
        assertThat(made.path("project_id").asString()).isEqualTo("owner");
        assertThat(made.path("tenant_id").asString()).isEqualTo("owner");
        assertThat(made.path("object_type").asString()).isEqualTo("network");
        assertThat(made.path("action").asString()).isEqualTo(SHARED);
        assertThat(ids(friend.get("/v2.0/networks"), "networks")).containsExactly(id);
        assertThat(ids(friend.get("/v2.0/subnets"), "subnets")).containsExactly(subnet);
        assertThat(friend.get("/v2.0/subnets/" + subnet).status()).isEqualTo(200);
        assertThat(network(friend, id).path("shared").asBoolean()).isTrue();
        assertThat(network(owner, id).path("shared").asBoolean())
                .as("to its owner it is not")
                .isFalse();
        assertThat(friend.port(id, "").path("project_id").asString()).isEqualTo("friend");
        assertThat(stranger.get("/v2.0/networks/" + id).status()).isEqualTo(404);
        assertThat(ids(stranger.get("/v2.0/networks"), "networks")).isEmpty();
        assertThat(ids(stranger.get("/v2.0/subnets"), "subnets")).isEmpty();
        assertThat(network(api, id).path("revision_number").asInt())
                .as("an entry is a change of its network")
                .isEqualTo(3);
    }

    @Test
    void theSharedFilterAsksForTheCallersOwnShares() {
        String mine = friend.network("");
        String theirs = owner.network("");
        shared(owner, theirs, SHARED, "friend");
        String all = api.network("\"shared\": true");
        assertThat(ids(friend.get("/v2.0/networks?shared=True"), "networks")).containsExactlyInAnyOrder(theirs, all);
        assertThat(ids(friend.get("/v2.0/networks?shared=False"), "networks")).containsExactly(mine);
        assertThat(ids(api.get("/v2.0/networks?shared=True"), "networks")).containsExactly(all);
        assertThat(friend.get("/v2.0/networks?limit=10")
                        .at("/networks")
                        .valueStream()
                        .filter(one -> one.path("shared").asBoolean()))
                .hasSize(2);
    }

    @Test
    void anAdministratorSeesTheShareOfItsOwnProject() {
        String id = owner.network("");
        shared(owner, id, SHARED, "admin");
        assertThat(network(api, id).path("shared").asBoolean()).isTrue();
        assertThat(api.get("/v2.0/networks").at("/networks/0/shared").asBoolean())
                .isTrue();
        assertThat(api.as("elsewhere", "admin")
                        .get("/v2.0/networks")
                        .at("/networks/0/shared")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void theFlagsOfANetworkAreEntriesForEveryone() {
        String id = api.network("\"shared\": true, \"router:external\": true");
        var entries = api.get("/v2.0/rbac-policies?object_id=" + id).at("/rbac_policies");
        assertThat(entries.valueStream()
                        .map(one -> one.path("action").asString() + " "
                                + one.path("target_tenant").asString()))
                .containsExactlyInAnyOrder(SHARED + " *", EXTERNAL + " *");
        api.put("/v2.0/networks/" + id, "{\"network\": {\"shared\": false}}");
        assertThat(ids(stranger.get("/v2.0/networks"), "networks"))
                .as("it is external still")
                .containsExactly(id);
        api.put("/v2.0/networks/" + id, "{\"network\": {\"router:external\": false}}");
        assertThat(ids(stranger.get("/v2.0/networks"), "networks")).isEmpty();
        assertThat(api.get("/v2.0/rbac-policies").at("/rbac_policies")).isEmpty();
    }

    @Test
    void anEntryForEveryoneIsTheFlagOfTheNetwork() {
        String id = owner.network("");
        String entry = shared(api, id, SHARED, "*");
        assertThat(network(stranger, id).path("shared").asBoolean()).isTrue();
        assertThat(network(api, id).path("shared").asBoolean()).isTrue();
        assertThat(api.put("/v2.0/rbac-policies/" + entry, "{\"rbac_policy\": {\"target_tenant\": \"friend\"}}")
                        .at("/rbac_policy/target_tenant")
                        .asString())
                .isEqualTo("friend");
        assertThat(network(api, id).path("shared").asBoolean()).isFalse();
        assertThat(network(friend, id).path("shared").asBoolean()).isTrue();
        assertThat(stranger.get("/v2.0/networks/" + id).status()).isEqualTo(404);
        assertThat(api.delete("/v2.0/rbac-policies/" + entry).status()).isEqualTo(204);
        assertThat(friend.get("/v2.0/networks/" + id).status()).isEqualTo(404);
    }

    @Test
    void aNetworkIsExternalAsLongAsAnEntrySaysSo() {
        String id = owner.network("");
        String first = shared(owner, id, EXTERNAL, "friend");
        String second = shared(owner, id, EXTERNAL, "guest");
        assertThat(network(friend, id).path("router:external").asBoolean()).isTrue();
        assertThat(network(friend, id).path("shared").asBoolean()).isFalse();
        assertThat(stranger.get("/v2.0/networks/" + id).status())
                .as("external for two projects alone")
                .isEqualTo(404);
        owner.delete("/v2.0/rbac-policies/" + first);
        assertThat(network(api, id).path("router:external").asBoolean()).isTrue();
        owner.delete("/v2.0/rbac-policies/" + second);
        assertThat(network(api, id).path("router:external").asBoolean()).isFalse();
    }

    @Test
    void aShareThatSomebodyUsesStays() {
        String id = owner.network("\"name\": \"n\"");
        String entry = shared(owner, id, SHARED, "friend");
        String port = friend.port(id, "").path("id").asString();
        String refusal = "409 RbacPolicyInUse: RBAC policy on object " + id
                + " cannot be removed because other objects depend on it.\nDetails: Unable to reconfigure sharing"
                + " settings for network " + id + ". Multiple tenants are using it.";
        assertThat(owner.delete("/v2.0/rbac-policies/" + entry).error()).isEqualTo(refusal);
        assertThat(owner.put("/v2.0/rbac-policies/" + entry, "{\"rbac_policy\": {\"target_tenant\": \"stranger\"}}")
                        .error())
                .isEqualTo(refusal);
        String all = shared(api, id, SHARED, "*");
        assertThat(owner.delete("/v2.0/rbac-policies/" + entry).status())
                .as("everyone may use it")
                .isEqualTo(204);
        assertThat(api.delete("/v2.0/rbac-policies/" + all).error()).startsWith("409 RbacPolicyInUse");
        assertThat(api.put("/v2.0/networks/" + id, "{\"network\": {\"shared\": false}}")
                        .error())
                .startsWith("409 InvalidSharedSetting");
        shared(owner, id, SHARED, "friend");
        assertThat(api.delete("/v2.0/rbac-policies/" + all).status())
                .as("the one user has a share by name")
                .isEqualTo(204);
        friend.delete("/v2.0/ports/" + port);
    }

    @Test
    void onlyAdministratorsShareWithEveryoneOrWhatIsNotTheirs() {
        String id = owner.network("");
        assertThat(share(owner, id, SHARED, "*").error())
                .isEqualTo("403 PolicyNotAuthorized: ((((rule:create_rbac_policy and"
                        + " rule:create_rbac_policy:object_type) and rule:create_rbac_policy:object_id) and"
                        + " rule:create_rbac_policy:target_tenant) and rule:create_rbac_policy:action) is disallowed by"
                        + " policy");
        shared(owner, id, SHARED, "friend");
        assertThat(share(friend, id, SHARED, "guest").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Only admins can manipulate policies on"
                        + " networks they do not own.");
        assertThat(share(stranger, id, SHARED, "guest").error())
                .as("what the caller does not see is not there")
                .isEqualTo("400 InvalidInput: Invalid input for operation: Network " + id + " could not be found.");
        assertThat(shared(api, id, SHARED, "guest")).isNotEmpty();
    }

    @Test
    void entriesAreForTheirOwnersAndAdministrators() {
        String id = owner.network("");
        String entry = shared(owner, id, SHARED, "friend");
        assertThat(ids(owner.get("/v2.0/rbac-policies"), "rbac_policies")).containsExactly(entry);
        assertThat(ids(api.get("/v2.0/rbac-policies?target_tenant=friend"), "rbac_policies"))
                .containsExactly(entry);
        assertThat(ids(friend.get("/v2.0/rbac-policies"), "rbac_policies")).isEmpty();
        String unknown = "404 RbacPolicyNotFound: RBAC policy of type unknown with ID " + entry + " not found";
        assertThat(friend.get("/v2.0/rbac-policies/" + entry).error()).isEqualTo(unknown);
        assertThat(friend.delete("/v2.0/rbac-policies/" + entry).error()).isEqualTo(unknown);
    }

    @Test
    void wrongEntriesAreRefusedAndChangeNothing() {
        String id = owner.network("");
        shared(owner, id, SHARED, "friend");
        assertThat(share(owner, id, SHARED, "friend").error())
                .isEqualTo("409 DuplicateRbacPolicy: An RBAC policy already exists with those values.");
        assertThat(share(owner, id, "access_as_admin", "friend").error())
                .isEqualTo("400 InvalidActionForType: Invalid action 'access_as_admin' for object type 'network'. Valid"
                        + " actions: ('access_as_shared', 'access_as_external')");
        assertThat(owner.post(
                                "/v2.0/rbac-policies",
                                "{\"rbac_policy\": {\"object_type\": \"cloud\", \"object_id\": \"" + id
                                        + "\", \"action\": \"access_as_shared\", \"target_tenant\": \"x\"}}")
                        .error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: 'cloud' is not a valid RBAC object type.");
        String none = "00000000-0000-4000-8000-000000000000";
        assertThat(share(owner, none, SHARED, "friend").error())
                .startsWith("400 InvalidInput: Invalid input for operation: ")
                .contains("Network " + none + " could not be found");
        assertThat(owner.put(
                                "/v2.0/rbac-policies/"
                                        + ids(owner.get("/v2.0/rbac-policies"), "rbac_policies")
                                                .getFirst(),
                                "{\"rbac_policy\": {\"action\": \"access_as_external\"}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute action");
        assertThat(owner.get("/v2.0/rbac-policies").at("/rbac_policies")).hasSize(1);
    }

    @Test
    void entriesAreCountedAndGoWithTheirNetwork() {
        String id = owner.network("");
        for (int i = 0; i < 10; i++) {
            shared(owner, id, SHARED, "friend" + i);
        }
        assertThat(share(owner, id, SHARED, "friend10").error())
                .isEqualTo("409 OverQuota: Quota exceeded for resources: ['rbac_policy'].");
        assertThat(owner.delete("/v2.0/networks/" + id).status()).isEqualTo(204);
        assertThat(owner.get("/v2.0/rbac-policies").at("/rbac_policies")).isEmpty();
        String other = owner.network("");
        assertThat(share(owner, other, SHARED, "friend").status())
                .as("what went is not counted")
                .isEqualTo(201);
    }

    @Test
    void aNetworkMayBeWithdrawnFromAllOnlyIfItHasNoGateways() {
        String id = api.network("\"router:external\": true");
        String gateway = api.port(id, "\"device_owner\": \"network:router_gateway\"")
                .path("id")
                .asString();
        assertThat(gateway).isNotEmpty();
        assertThat(api.put("/v2.0/networks/" + id, "{\"network\": {\"router:external\": false}}")
                        .error())
                .isEqualTo("409 ExternalNetworkInUse: External network " + id
                        + " cannot be updated to be made non-external, since it has existing gateway ports.");
        assertThat(network(api, id).path("router:external").asBoolean()).isTrue();
    }

    @Test
    void aSubnetPoolIsSharedWithAProjectThatMayThenUseIt() {
        String pool = owner.post(
                        "/v2.0/subnetpools",
                        "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.0.0.0/16\"], \"default_prefixlen\": 24}}")
                .at("/subnetpool/id")
                .asString();
        assertThat(friend.get("/v2.0/subnetpools/" + pool).status()).isEqualTo(404);
        String entry = share(owner, "subnetpool", pool, SHARED, "friend")
                .at("/rbac_policy/id")
                .asString();
        assertThat(friend.get("/v2.0/subnetpools/" + pool)
                        .at("/subnetpool/shared")
                        .asBoolean())
                .isTrue();
        assertThat(owner.get("/v2.0/subnetpools/" + pool)
                        .at("/subnetpool/shared")
                        .asBoolean())
                .isFalse();
        assertThat(ids(stranger.get("/v2.0/subnetpools"), "subnetpools")).isEmpty();
        var subnet = friend.post(
                "/v2.0/subnets",
                "{\"subnet\": {\"network_id\": \"" + friend.network("") + "\", \"ip_version\": 4, \"subnetpool_id\": \""
                        + pool + "\"}}");
        assertThat(subnet.status()).as(subnet.error()).isEqualTo(201);
        assertThat(owner.delete("/v2.0/rbac-policies/" + entry).error())
                .isEqualTo("409 RbacPolicyInUse: RBAC policy on object " + pool
                        + " cannot be removed because other objects depend on it.\nDetails: project_id=friend");
        friend.delete("/v2.0/subnets/" + subnet.at("/subnet/id").asString());
        assertThat(owner.delete("/v2.0/rbac-policies/" + entry).status()).isEqualTo(204);
        assertThat(friend.get("/v2.0/subnetpools/" + pool).status()).isEqualTo(404);
    }

    @Test
    void anAddressScopeIsSharedByItsFlagOrByEntries() {
        String scope = api.post(
                        "/v2.0/address-scopes",
                        "{\"address_scope\": {\"name\": \"s\", \"ip_version\": 4, \"shared\": true}}")
                .at("/address_scope/id")
                .asString();
        assertThat(ids(stranger.get("/v2.0/address-scopes?shared=True"), "address_scopes"))
                .containsExactly(scope);
        assertThat(ids(api.get("/v2.0/rbac-policies?object_type=address_scope"), "rbac_policies"))
                .hasSize(1);
        String own = owner.post("/v2.0/address-scopes", "{\"address_scope\": {\"name\": \"o\", \"ip_version\": 6}}")
                .at("/address_scope/id")
                .asString();
        assertThat(share(friend, "address_scope", scope, SHARED, "guest").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Only admins can manipulate policies on"
                        + " objects they do not own.");
        assertThat(share(owner, "address_scope", own, EXTERNAL, "friend").error())
                .isEqualTo("400 InvalidActionForType: Invalid action 'access_as_external' for object type"
                        + " 'address_scope'. Valid actions: ('access_as_shared',)");
        assertThat(share(owner, "address_scope", own, SHARED, "friend").status())
                .isEqualTo(201);
        assertThat(ids(friend.get("/v2.0/address-scopes"), "address_scopes")).containsExactlyInAnyOrder(scope, own);
        assertThat(ids(stranger.get("/v2.0/address-scopes"), "address_scopes")).containsExactly(scope);
    }
}
