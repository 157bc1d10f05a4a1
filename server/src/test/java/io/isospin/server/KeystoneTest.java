package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("installed")
class KeystoneTest {
    @TempDir
    static Path home;

    private static @Nullable Keystone keystone;
    private static String project = "";
    private static String old = "";

    @TempDir
    Path folder;

    private final List<Api> started = new ArrayList<>();

    static boolean installed() {
        return Keystone.isInstalled();
    }

    private static Keystone keystone() {
        if (keystone == null) {
            throw new IllegalStateException("not started");
        }
        return keystone;
    }

    @BeforeAll
    static void start() throws IOException {
        keystone = Keystone.in(home);
        project = keystone().project("p");
        keystone().user("member", project, "member");
        keystone().user("reader", project, "reader");
        old = keystone().token("member", "p");
        keystone().user("neutron", keystone().project("service"), "admin");
        keystone().user("nova", keystone().project("compute"), "service");
    }

    @AfterAll
    static void stop() {
        keystone().close();
    }

    @AfterEach
    void end() {
        started.forEach(Api::close);
    }

    private Api api(String... more) {
        var lines = new ArrayList<>(List.of(
                "[DEFAULT]",
                "auth_strategy = keystone",
                "[keystone_authtoken]",
                "auth_url = " + keystone().url(),
                "www_authenticate_uri = http://cloud.example.com:5000",
                "username = neutron",
                "password = " + Keystone.PASSWORD,
                "project_name = service",
                "user_domain_id = default",
                "project_domain_name = Default"));
        lines.addAll(List.of(more));
        var api = Api.in(folder, lines.toArray(String[]::new));
        started.add(api);
        return api;
    }

    private static Api.Answer get(Api api, String path, String... headers) {
        return api.send("GET", path, null, headers);
    }

    private static int list(Api api, String... headers) {
        return get(api, "/v2.0/networks", headers).status();
    }

    @Test
    void aTokenIsWhomKeystoneSays() {
        var api = api();
        String member = keystone().token("member", "p");
        var made = api.send("POST", "/v2.0/networks", "{\"network\": {\"name\": \"n\"}}", "X-Auth-Token", member);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/network/project_id").asString())
                .as("no header of the client's own counts")
                .isEqualTo(project);
        assertThat(made.at("/network").has("provider:network_type")).isFalse();
        var seen = get(api, "/v2.0/networks", "X-Auth-Token", keystone().token("admin", "admin"));
        assertThat(seen.at("/networks/0").has("provider:network_type")).isTrue();
    }

    @Test
    void withoutAGoodTokenThereIsNoWayInAndTheAnswerSaysWhereToGetOne() {
        var api = api();
        for (var headers :
                List.of(new String[] {"X-Project-Id", "admin"}, new String[] {"X-Auth-Token", "garbage"}, new String[] {
                    "X-Auth-Token", " "
                })) {
            var refused = get(api, "/v2.0/networks", headers);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.raw().headers().firstValue("WWW-Authenticate"))
                    .hasValue("Keystone uri=\"http://cloud.example.com:5000\"");
            assertThat(refused.at("/error/message").asString())
                    .isEqualTo("The request you have made requires authentication.");
        }
        assertThat(get(api, "/").status()).as("versions are for all").isEqualTo(200);
    }

    @Test
    void aRevokedTokenIsRefusedOnceItIsNoLongerRemembered() {
        var remembering = api();
        var asking = api("token_cache_time = -1");
        String token = keystone().token("member", "p");
        assertThat(list(remembering, "X-Auth-Token", token)).isEqualTo(200);
        assertThat(list(asking, "X-Auth-Token", token)).isEqualTo(200);
        keystone().revoke(token);
        assertThat(list(asking, "X-Auth-Token", token)).isEqualTo(401);
        assertThat(list(remembering, "X-Auth-Token", token))
                .as("remembered for token_cache_time")
                .isEqualTo(200);
    }

    @Test
    void aTokenIsRememberedForItsTimeAndNotLonger() {
        var api = api("token_cache_time = 2");
        String token = keystone().token("member", "p");
        assertThat(list(api, "X-Auth-Token", token)).isEqualTo(200);
        keystone().revoke(token);
        await().atMost(Keystone.TOKENS.minusSeconds(3)).until(() -> list(api, "X-Auth-Token", token) == 401);
    }

    @Test
    void anExpiredTokenIsRefusedThoughItIsRememberedAndTheServersOwnIsRenewed() {
        var api = api();
        String token = keystone().token("member", "p");
        assertThat(list(api, "X-Auth-Token", token)).isEqualTo(200);
        await().atMost(Keystone.TOKENS.multipliedBy(2)).until(() -> list(api, "X-Auth-Token", token) == 401);
        assertThat(list(api, "X-Auth-Token", keystone().token("member", "p")))
                .as("the server's own token is as old")
                .isEqualTo(200);
    }

    private static Watching watch(Api api, String token) {
        return new Watching(api.serverPort(), "/v2.0/networks?watch=true", "X-Auth-Token", token);
    }

    @Test
    void aStreamEndsWithItsToken() {
        var api = api("token_cache_time = -1");
        String token = keystone().token("reader", "p");
        try (var revoked = watch(api, token)) {
            await().untilAsserted(() -> assertThat(revoked.told("network")).containsExactly("synced"));
            keystone().revoke(token);
            try (var expiring = watch(api, keystone().token("member", "p"))) {
                await().atMost(Keystone.TOKENS.minusSeconds(2)).until(revoked::isOver);
                assertThat(expiring.isOver()).as("its token is good").isFalse();
                await().atMost(Keystone.TOKENS).until(expiring::isOver);
                for (var ended : List.of(revoked, expiring)) {
                    assertThat(ended.lines().getLast().path("reason").asString())
                            .isEqualTo("token");
                }
            }
        }
    }

    @Test
    void aServicePassesOnATokenThatHasExpired() {
        var api = api();
        await().atMost(Keystone.TOKENS.multipliedBy(2)).until(() -> list(api, "X-Auth-Token", old) == 401);
        assertThat(list(api, "X-Auth-Token", old, "X-Service-Token", keystone().token("nova", "compute")))
                .isEqualTo(200);
        assertThat(list(api, "X-Auth-Token", old, "X-Service-Token", keystone().token("reader", "p")))
                .as("no service's role")
                .isEqualTo(401);
        assertThat(list(api, "X-Auth-Token", keystone().token("member", "p"), "X-Service-Token", "garbage"))
                .as("a bad token of a service spoils the user's good one")
                .isEqualTo(401);
    }

    @Test
    void aServiceNeedsItsRoleWhereItIsRequired() {
        assertThat(listAs(api(), "member", "reader")).isEqualTo(200);
        var strict = api("service_token_roles_required = true");
        assertThat(listAs(strict, "member", "reader")).isEqualTo(401);
        assertThat(listAs(strict, "reader", "member")).isEqualTo(401);
        assertThat(list(
                        strict,
                        "X-Auth-Token",
                        keystone().token("member", "p"),
                        "X-Service-Token",
                        keystone().token("nova", "compute")))
                .isEqualTo(200);
        var readers = api("service_token_roles_required = true", "service_token_roles = reader");
        assertThat(listAs(readers, "member", "reader")).isEqualTo(200);
    }

    private static int listAs(Api api, String user, String service) {
        return list(
                api,
                "X-Auth-Token",
                keystone().token(user, "p"),
                "X-Service-Token",
                keystone().token(service, "p"));
    }

    @Test
    void aTokenForTheSystemIsOutOfScopeWhereScopesAreEnforced() {
        var enforcing = api("[oslo_policy]", "enforce_scope = true", "enforce_new_defaults = true");
        String body = "{\"network\": {\"tenant_id\": \"" + project + "\"}}";
        var refused = enforcing.send(
                "POST", "/v2.0/networks", body, "X-Auth-Token", keystone().systemToken("admin"));
        assertThat(refused.error())
                .isEqualTo(
                        "403 InvalidScope: rule:create_network requires a scope of ['project'], request was made with"
                                + " system scope.");
        var made = enforcing.send(
                "POST", "/v2.0/networks", body, "X-Auth-Token", keystone().token("admin", "admin"));
        assertThat(made.status()).isEqualTo(201);
    }

    @Test
    void aServerThatKeystoneDoesNotKnowSaysThatTheServiceIsAway() {
        var api = api("password = wrong");
        var answer = get(api, "/v2.0/networks", "X-Auth-Token", keystone().token("member", "p"));
        assertThat(answer.error())
                .isEqualTo("503 ServiceUnavailable: The Keystone service is temporarily unavailable.");
    }

    @Test
    void whileKeystoneIsAwayRememberedTokensGoOnAndOthersWait() throws IOException {
        var api = api();
        String known = keystone().token("member", "p");
        String unknown = keystone().token("reader", "p");
        assertThat(list(api, "X-Auth-Token", known)).isEqualTo(200);
        keystone().stop();
        try {
            assertThat(list(api, "X-Auth-Token", known)).isEqualTo(200);
            assertThat(get(api, "/v2.0/networks", "X-Auth-Token", unknown).error())
                    .isEqualTo("503 ServiceUnavailable: The Keystone service is temporarily unavailable.");
        } finally {
            keystone().start();
        }
        assertThat(list(api, "X-Auth-Token", keystone().token("reader", "p"))).isEqualTo(200);
    }
}
