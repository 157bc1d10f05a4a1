package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard's files as a browser gets them, of a server that knows nobody. */
class DashboardTest {
    private static final Pattern FILE = Pattern.compile("files/[0-9a-f]{16}/[\\w./-]+");

    @TempDir
    private static Path folder;

    private static Api api;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        api = Api.in(folder);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        api.close();
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.serverPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    @Test
    void itsFirstPageLetsNothingRunThatIsNotItsOwn() throws Exception {
        var page = get("/dashboard/");
        assertThat(page.statusCode()).isEqualTo(200);
        String html = new String(page.body(), StandardCharsets.UTF_8);
        var inline =
                Pattern.compile("<script type=\"importmap\">(.*?)</script>").matcher(html);
        assertThat(inline.find()).isTrue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(inline.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(html).doesNotContain("http://", "https://", "@");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void itsAddressWithoutASlashLeadsThere() throws Exception {
        var page = get("/dashboard");
        assertThat(page.statusCode()).isEqualTo(308);
        assertThat(header(page, "Location")).isEqualTo("dashboard/");
    }

    @Test
    void everyFileThatThePageNamesIsThereForGood() throws Exception {
        var files = FILE.matcher(text("/dashboard/"))
                .results()
                .map(match -> match.group())
                .distinct()
                .toList();
        assertThat(files).hasSizeGreaterThan(20).anyMatch(file -> file.endsWith("lib/preact.js"));
        for (var file : files) {
            var plain = get("/dashboard/" + file);
            assertThat(plain.statusCode()).as(file).isEqualTo(200);
            assertThat(header(plain, "Cache-Control")).contains("immutable");
            var packed = get("/dashboard/" + file, "Accept-Encoding", "gzip, br");
            assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(plain.body());
            assertThat(get("/dashboard/" + file, "If-None-Match", header(plain, "ETag"))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        String version = FILE.matcher(text("/dashboard/"))
                .results()
                .findFirst()
                .orElseThrow()
                .group()
                .split("/")[1];
        for (var path : new String[] {
            "/dashboard/files/" + version + "/Dashboard.class",
            "/dashboard/files/" + version + "/../../../../Server.class",
            "/dashboard/files/0000000000000000/app.js",
            "/dashboard/files/" + version + "/",
            "/dashboard/elsewhere",
            "/dashboard/identity/v3/auth/projects"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        var post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.serverPort() + "/dashboard/"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(http.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    }

    @Test
    void whereNobodySignsInThePageSaysSo() throws Exception {
        assertThat(text("/dashboard/")).contains("<meta name=\"isospin-identity\" content=\"none\">");
    }

    @Test
    void everyLanguageHasEveryWord() throws Exception {
        String version = FILE.matcher(text("/dashboard/"))
                .results()
                .findFirst()
                .orElseThrow()
                .group()
                .split("/")[1];
        var english = words(version, "en");
        var korean = words(version, "ko");
        assertThat(korean.propertyNames()).containsAll(english.propertyNames());
        var variable = Pattern.compile("\\{\\w+}");
        for (var key : english.propertyNames()) {
            variable.matcher(korean.path(key).asString())
                    .results()
                    .forEach(used ->
                            assertThat(english.path(key).asString()).as(key).contains(used.group()));
        }
    }

    private static JsonNode words(String version, String code) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(get("/dashboard/files/" + version + "/language/" + code + ".json")
                        .body());
    }

    @Test
    void theApisDescriptionIsPackedForWhoCanUnpackIt() throws Exception {
        var plain = get("/openapi.json");
        var packed = get("/openapi.json", "Accept-Encoding", "gzip");
        assertThat(packed.body().length).isLessThan(plain.body().length / 5);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain.body());
    }
}
