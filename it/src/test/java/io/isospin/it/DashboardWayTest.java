package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a page to the API and to other services: the cookie, and what can be reached with it. */
class DashboardWayTest {
    private static final String PAGE = "X-Isospin-Dashboard";

    @TempDir
    private static Path folder;

    private static SmallCloud cloud;
    private static Networking client;
    private static String cookie;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cloud = new SmallCloud(folder);
        client = Networking.as("demo", SmallCloud.PASSWORD, cloud.identityUrl(), cloud.serverUrl());
        cookie = "other=1; isospin-token=" + client.token() + "; more=2";
    }

    @AfterAll
    static void stop() {
        client.close();
        cloud.close();
    }

    private static HttpResponse<String> asPage(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(method, path, body, "Cookie", cookie, PAGE, "1");
    }

    private static String passwordOf(String user, String password) {
        return """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {
                  "name": "%s", "password": "%s", "domain": {"id": "default"}}}}, "scope": "unscoped"}}""".formatted(user, password);
    }

    @Test
    void theCookieIsATokenOnlyBesideTheHeaderOfAPage() throws IOException, InterruptedException {
        assertThat(asPage("GET", "/v2.0/networks", "").statusCode()).isEqualTo(200);
        assertThat(client.send("GET", "/v2.0/networks", "", "Cookie", cookie).statusCode())
                .isEqualTo(401);
        assertThat(client.send("GET", "/v2.0/networks", "", PAGE, "1").statusCode())
                .isEqualTo(401);
        // A token that is named counts, whatever cookie comes along.
        assertThat(client.send("GET", "/v2.0/networks", "", "Cookie", cookie, PAGE, "1", "X-Auth-Token", "no")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void signingInPutsTheTokenIntoTheCookieAndNowhereElse() throws IOException, InterruptedException {
        var answer = client.send(
                "POST", "/dashboard/identity/v3/auth/tokens", passwordOf("demo", SmallCloud.PASSWORD), PAGE, "1");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Subject-Token")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("isospin-token=[^;]{20,}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer.body()).contains("\"demo\"");
        var refused = client.send("POST", "/dashboard/identity/v3/auth/tokens", passwordOf("demo", "wrong"), PAGE, "1");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void whereAProxySpeaksTlsTheCookieIsForTlsAlone(@TempDir Path other) throws IOException, InterruptedException {
        try (var proxied = new SmallCloud(other, "[oslo_middleware]\nenable_proxy_headers_parsing = true\n");
                var page = Networking.as("demo", SmallCloud.PASSWORD, proxied.identityUrl(), proxied.serverUrl())) {
            var answer = page.send(
                    "POST",
                    "/dashboard/identity/v3/auth/tokens",
                    passwordOf("demo", SmallCloud.PASSWORD),
                    PAGE,
                    "1",
                    "X-Forwarded-Proto",
                    "https");
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
        }
    }

    @Test
    void anotherProjectIsHadWithoutNamingTheToken() throws IOException, InterruptedException {
        var answer = asPage("POST", "/dashboard/identity/v3/auth/tokens", """
                {"auth": {"identity": {"methods": ["token"]},
                  "scope": {"project": {"name": "demo", "domain": {"id": "default"}}}}}""");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Set-Cookie")).isPresent();
        var shown = asPage("GET", "/dashboard/identity/v3/auth/tokens", "");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("catalog");
    }

    @Test
    void signingOutEndsTheTokenAndTheCookie() throws IOException, InterruptedException {
        try (var other = Networking.as("demo", SmallCloud.PASSWORD, cloud.identityUrl(), cloud.serverUrl())) {
            String its = "isospin-token=" + other.token();
            var answer = client.send("DELETE", "/dashboard/identity/v3/auth/tokens", "", "Cookie", its, PAGE, "1");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("isospin-token=; Max-Age=0");
            assertThat(client.send("GET", "/dashboard/identity/v3/auth/tokens", "", "Cookie", its, PAGE, "1")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void onlyPagesAreLetThrough() throws IOException, InterruptedException {
        for (var path : new String[] {"/dashboard/identity/v3/auth/projects", "/dashboard/compute/servers"}) {
            assertThat(client.send("GET", path, "", "Cookie", cookie).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void nothingButServicesOfTheCatalogueIsReached() throws IOException, InterruptedException {
        assertThat(asPage("GET", "/dashboard/compute/os-quota-sets/x", "").statusCode())
                .isEqualTo(200);
        for (var path : new String[] {
            "/dashboard/compute/../secret",
            "/dashboard/compute/%2e%2e/secret",
            "/dashboard/compute/a/%2E%2E/b",
            "/dashboard/compute//example.org/",
            "/dashboard/compute/a%2fb",
            "/dashboard/compute@example.org/",
            "/dashboard/placement/resource_providers",
            "/dashboard/identity/v3/../v2"
        }) {
            assertThat(asPage("GET", path, "").statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void identityIsNotToBeAdministeredThroughIt() throws IOException, InterruptedException {
        assertThat(asPage("POST", "/dashboard/identity/v3/projects", "{\"project\": {}}")
                        .statusCode())
                .isEqualTo(405);
        assertThat(asPage("PATCH", "/dashboard/identity/v3/auth/tokens", "{}").statusCode())
                .isEqualTo(405);
        assertThat(asPage("POST", "/dashboard/identity/v3/auth/tokens", "x".repeat(100_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aServiceThatIsAwayIsNamed() throws IOException, InterruptedException {
        var answer = asPage("GET", "/dashboard/image/v2/images", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The image service cannot be reached at http://127.0.0.1:9");
    }
}
