package io.isospin.lab.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.lab.Cloud;
import io.isospin.lab.http.Refusal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static Cloud cloud;

    @BeforeAll
    static void open() {
        cloud = new Cloud(Duration.ofSeconds(5));
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @Test
    void a_password_and_a_project_by_name_buy_a_scoped_token_with_a_catalogue() throws Exception {
        var response = authenticate("admin", Cloud.PASSWORD, scope("admin"));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("X-Subject-Token")).isPresent();
        var token = Cloud.json(response).path("token");
        assertThat(token.path("project").path("name").asString()).isEqualTo("admin");
        assertThat(token.path("roles").path(0).path("name").asString()).isEqualTo("admin");
        assertThat(token.path("catalog").valueStream().map(s -> s.path("type").asString()))
                .containsExactly("identity", "network", "compute", "image", "placement");
    }

    @Test
    void the_catalogue_names_the_address_that_the_client_used() {
        assertThat(Catalogue.of(5000, 9696, 8774, 9292, 8778)
                        .endpoints("10.0.0.30")
                        .get(3)
                        .path("url")
                        .asString())
                .isEqualTo("http://10.0.0.30:9696");
    }

    @Test
    void a_wrong_password_is_refused_as_keystone_words_it() throws Exception {
        var response = authenticate("admin", "wrong", scope("admin"));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"code\":401,\"message\":\"The request you have made requires authentication.\","
                                + "\"title\":\"Unauthorized\"}}");
    }

    @Test
    void a_user_without_a_role_on_the_project_gets_no_token_for_it() throws Exception {
        assertThat(authenticate("demo", Cloud.PASSWORD, scope("admin")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_user_whose_password_was_never_set_cannot_log_in() throws Exception {
        assertThat(authenticate("neutron", "", scope("service")).statusCode()).isEqualTo(401);
    }

    @Test
    void without_a_scope_the_token_has_no_roles_and_no_catalogue() throws Exception {
        var token = Cloud.json(authenticate("demo", Cloud.PASSWORD, "")).path("token");
        assertThat(token.has("project")).isFalse();
        assertThat(token.has("catalog")).isFalse();
    }

    @Test
    void a_body_that_is_no_request_is_a_bad_request() throws Exception {
        var response = cloud.send(cloud.identityPort, "POST", "/v3/auth/tokens", "{\"auth\": 3}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(cloud.send(cloud.identityPort, "POST", "/v3/auth/tokens", "{nonsense")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_service_validates_a_users_token_and_a_stranger_does_not() throws Exception {
        String demo = cloud.token("demo", "demo");
        var seen = validate(cloud.token("nova", "service"), demo);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(Cloud.json(seen).path("token").path("user").path("name").asString())
                .isEqualTo("demo");
        assertThat(validate("nonsense", demo).statusCode()).isEqualTo(401);
        assertThat(validate(demo, cloud.token("admin", "admin")).statusCode()).isEqualTo(403);
        assertThat(validate(cloud.token("nova", "service"), "nonsense").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_revoked_token_is_good_no_more() throws Exception {
        String token = cloud.token("demo", "demo");
        var gone = cloud.send(
                cloud.identityPort, "DELETE", "/v3/auth/tokens", "", "X-Auth-Token", token, "X-Subject-Token", token);
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(validate(token, token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_expires_and_one_bought_with_it_no_later() {
        var now = new Object() {
            Instant value = Instant.parse("2026-01-01T00:00:00Z");
        };
        var source = (InstantSource) () -> now.value;
        var tokens =
                new Tokens(Directory.lab(Map.of("demo", "x")), source.withZone(ZoneOffset.UTC), Duration.ofHours(1));
        var first = tokens.issue(new AuthRequest(
                List.of(new AuthRequest.Proof.Password("demo", "x")), new AuthRequest.Scope.Project("demo")));
        now.value = now.value.plus(Duration.ofMinutes(30));
        var second = tokens.issue(new AuthRequest(
                List.of(new AuthRequest.Proof.Token(first.secret())), new AuthRequest.Scope.Unscoped()));
        assertThat(second.expires()).isEqualTo(first.expires());
        assertThat(second.methods()).containsExactly("token", "password");
        now.value = first.expires();
        assertThat(tokens.find(first.secret())).isEmpty();
        assertThatThrownBy(() -> tokens.issue(new AuthRequest(
                        List.of(new AuthRequest.Proof.Token(second.secret())), new AuthRequest.Scope.Unscoped())))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void ids_are_the_same_in_every_lab() {
        assertThat(Directory.lab(Map.of()).project("demo"))
                .isEqualTo(Directory.lab(Map.of()).project("demo"));
    }

    @Test
    void only_an_administrator_lists_projects_and_everyone_shows_their_own() throws Exception {
        String demo = cloud.token("demo", "demo");
        assertThat(get("/v3/projects", demo).statusCode()).isEqualTo(403);
        assertThat(get("/v3/projects/" + cloud.project("demo"), demo).statusCode())
                .isEqualTo(200);
        assertThat(get("/v3/projects/" + cloud.project("admin"), demo).statusCode())
                .isEqualTo(403);
        var admins = Cloud.json(get("/v3/projects?name=demo", cloud.token("admin", "admin")));
        assertThat(admins.path("projects").valueStream().map(p -> p.path("name").asString()))
                .containsExactly("demo");
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return cloud.send(cloud.identityPort, "GET", path, "", "X-Auth-Token", token);
    }

    private static HttpResponse<String> validate(String caller, String subject)
            throws IOException, InterruptedException {
        return cloud.send(
                cloud.identityPort, "GET", "/v3/auth/tokens", "", "X-Auth-Token", caller, "X-Subject-Token", subject);
    }

    private static String scope(String project) {
        return ",\"scope\":{\"project\":{\"name\":\"" + project + "\",\"domain\":{\"name\":\"Default\"}}}";
    }

    private static HttpResponse<String> authenticate(String user, String password, String scope)
            throws IOException, InterruptedException {
        return cloud.send(
                cloud.identityPort,
                "POST",
                "/v3/auth/tokens",
                "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"" + user
                        + "\",\"domain\":{\"id\":\"default\"},\"password\":\"" + password + "\"}}}" + scope + "}}");
    }
}
