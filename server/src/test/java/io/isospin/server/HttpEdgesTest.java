package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client, a proxy, a browser or a load balancer meets before the API itself. */
class HttpEdgesTest {
    @TempDir
    Path folder;

    /** The whole answer to a request, as it comes through a socket of its own. */
    private static String ask(Socket connected, String... lines) throws IOException {
        try (var socket = connected) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String ask(Api api, String... lines) throws IOException {
        return ask(new Socket(InetAddress.getLoopbackAddress(), api.serverPort()), lines);
    }

    @Test
    void aLoadBalancerLearnsThatTheServerIsWellOrTakenOut() throws IOException {
        var disabling = folder.resolve("disabled");
        try (var api = Api.in(folder, "[healthcheck]", "disable_by_file_path = " + disabling)) {
            assertThat(ask(api, "GET /healthcheck HTTP/1.1", "Host: h"))
                    .startsWith("HTTP/1.1 200 OK")
                    .containsIgnoringCase("content-type: text/plain")
                    .endsWith("\r\n\r\nOK");
            assertThat(ask(api, "GET /healthcheck HTTP/1.1", "Host: h", "Accept: application/json"))
                    .containsIgnoringCase("content-type: application/json")
                    .endsWith("{\n    \"detailed\": false,\n    \"reasons\": [\n        \"OK\"\n    ]\n}");
            assertThat(ask(api, "HEAD /healthcheck HTTP/1.1", "Host: h")).startsWith("HTTP/1.1 204");
            Files.createFile(disabling);
            assertThat(ask(api, "GET /healthcheck HTTP/1.1", "Host: h"))
                    .startsWith("HTTP/1.1 503")
                    .endsWith("\r\n\r\nDISABLED BY FILE");
            assertThat(ask(api, "HEAD /healthcheck HTTP/1.1", "Host: h")).startsWith("HTTP/1.1 503");
            assertThat(ask(api, "GET /v2.0/networks HTTP/1.1", "Host: h"))
                    .as("the API goes on")
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void theAnswerToHeadIsNoMoreThanAHead() throws IOException {
        try (var api = Api.in(folder)) {
            for (var path : List.of("/", "/openapi.json", "/healthcheck", "/v2.0/", "/v2.0/networks", "/nothing")) {
                assertThat(ask(api, "HEAD " + path + " HTTP/1.1", "Host: h", "X-Project-Id: p"))
                        .as(path)
                        .startsWith("HTTP/1.1 ")
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void whatIsNoUriIsRefusedInTheFormOfTheApi() throws IOException {
        try (var api = Api.in(folder)) {
            for (var target : List.of("/v2.0/%zz/1", "/v2.0/networks?%zz=1", "/v2.0/" + "a".repeat(9000))) {
                assertThat(ask(api, "GET " + target + " HTTP/1.1", "Host: h", "X-Project-Id: p"))
                        .startsWith("HTTP/1.1 4")
                        .contains("{\"NeutronError\":{\"type\":\"HTTP");
            }
        }
    }

    @Test
    void everyAnswerHasAnIdAndTheLogNamesTheRequestThatLedToIt() throws IOException {
        var said = new ArrayList<String>();
        var log = Logger.getLogger("io.isospin.server.http.ApiServer");
        var listener = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var before = log.getLevel();
        log.setLevel(Level.FINE);
        log.addHandler(listener);
        try (var api = Api.in(folder)) {
            String global = "req-01234567-89ab-cdef-0123-456789abcdef";
            String answer =
                    ask(api, "GET /v2.0/networks/none HTTP/1.1", "Host: h", "X-Openstack-Request-Id: " + global);
            var id = answer.lines()
                    .filter(line -> line.regionMatches(true, 0, "x-openstack-request-id:", 0, 23))
                    .map(line -> line.substring(23).strip())
                    .findFirst()
                    .orElse("");
            assertThat(id)
                    .matches("req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                    .isNotEqualTo(global);
            assertThat(said).contains(id + " (of " + global + ") GET /v2.0/networks/none 404");
            ask(api, "GET /v2.0/ports HTTP/1.1", "Host: h", "X-Openstack-Request-Id: req-forged");
            assertThat(said.getLast()).doesNotContain("forged").endsWith(" GET /v2.0/ports 200");
            assertThat(ask(api, "GET / HTTP/1.1", "Host: h")).containsIgnoringCase("x-openstack-request-id: req-");
        } finally {
            log.removeHandler(listener);
            log.setLevel(before);
        }
    }

    @Test
    void linksNameTheProxyOnlyIfItIsTrusted() throws IOException {
        var headers = new String[] {
            "Host: inside:9696",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: cloud.example.com",
            "X-Forwarded-Prefix: /networking"
        };
        var get = Stream.concat(Stream.of("GET / HTTP/1.1"), Stream.of(headers)).toArray(String[]::new);
        try (var api = Api.in(folder)) {
            assertThat(ask(api, get)).contains("\"href\":\"http://inside:9696/v2.0/\"");
        }
        try (var api = Api.in(folder, "[oslo_middleware]", "enable_proxy_headers_parsing = true")) {
            assertThat(ask(api, get)).contains("\"href\":\"https://cloud.example.com/networking/v2.0/\"");
            assertThat(ask(
                            api,
                            "GET / HTTP/1.1",
                            "Host: inside:9696",
                            "Forwarded: for=192.0.2.60;proto=https;host=first.example.com, for=198.51.100.1;host=second",
                            "X-Forwarded-Host: ignored"))
                    .contains("\"href\":\"https://first.example.com/v2.0/\"");
            api.network("");
            api.network("");
            var page = Stream.concat(Stream.of("GET /v2.0/networks?limit=1 HTTP/1.1"), Stream.of(headers))
                    .toArray(String[]::new);
            assertThat(ask(api, page)).contains("\"https://cloud.example.com/networking/v2.0/networks?limit=1&marker=");
        }
    }

    @Test
    void linksToPagesBeginAsTheOperatorSays() throws IOException {
        try (var api = Api.in(folder, "[DEFAULT]", "network_link_prefix = https://net.example.com/n")) {
            api.network("");
            assertThat(ask(api, "GET /v2.0/networks?limit=1 HTTP/1.1", "Host: h"))
                    .contains("\"https://net.example.com/n/v2.0/networks?limit=1&marker=");
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayUseTheApi() throws IOException {
        try (var api = Api.in(folder, "[cors]", "allowed_origin = https://horizon.example.com", "max_age = 60")) {
            assertThat(ask(api, "GET /v2.0/networks HTTP/1.1", "Host: h", "Origin: https://horizon.example.com"))
                    .startsWith("HTTP/1.1 200")
                    .contains("Access-Control-Allow-Origin: https://horizon.example.com\r\n")
                    .contains("Access-Control-Allow-Credentials: true\r\n")
                    .contains("Access-Control-Expose-Headers: X-Auth-Token,X-Subject-Token,X-Service-Token,"
                            + "X-OpenStack-Request-ID,OpenStack-Volume-microversion,X-Isospin-Revision\r\n")
                    .contains("Vary: Origin\r\n");
            assertThat(ask(api, "GET /v2.0/networks HTTP/1.1", "Host: h", "Origin: https://evil.example.com"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Access-Control");
            assertThat(ask(
                            api,
                            "OPTIONS /v2.0/networks HTTP/1.1",
                            "Host: h",
                            "Origin: https://horizon.example.com",
                            "Access-Control-Request-Method: PUT",
                            "Access-Control-Request-Headers: x-auth-token, content-type"))
                    .startsWith("HTTP/1.1 200")
                    .contains("Access-Control-Allow-Methods: PUT\r\n")
                    .contains("Access-Control-Allow-Headers: x-auth-token,content-type\r\n")
                    .contains("Access-Control-Max-Age: 60\r\n");
            for (var wrong : List.of(
                    "Access-Control-Request-Method: TRACE",
                    "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: X-Other")) {
                assertThat(ask(
                                api,
                                "OPTIONS /v2.0/networks HTTP/1.1",
                                "Host: h",
                                "Origin: https://horizon.example.com",
                                wrong))
                        .startsWith("HTTP/1.1 200")
                        .doesNotContain("Access-Control-Allow");
            }
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedHoweverItComes() throws IOException {
        try (var api = Api.in(folder, "[oslo_middleware]", "max_request_body_size = 2000")) {
            String text = "Request is too large. Larger than max_request_body_size (2000).";
            assertThat(ask(api, "POST /v2.0/networks HTTP/1.1", "Host: h", "Content-Length: 2001"))
                    .startsWith("HTTP/1.1 413")
                    .contains(text);
            String chunk = "7d1\r\n" + " ".repeat(2001) + "\r\n0\r\n";
            assertThat(ask(
                            new Socket(InetAddress.getLoopbackAddress(), api.serverPort()),
                            "POST /v2.0/networks HTTP/1.1",
                            "Host: h",
                            "Connection: close",
                            "Transfer-Encoding: chunked",
                            "",
                            chunk))
                    .startsWith("HTTP/1.1 413")
                    .contains(text);
            String name = "x".repeat(255);
            assertThat(api.post("/v2.0/networks", "{\"network\": {\"name\": \"" + name + "\"}}")
                            .status())
                    .isEqualTo(201);
            assertThat(api.get("/v2.0/networks").at("/networks")).hasSize(1);
        }
    }

    private void openssl(String... commands) throws Exception {
        for (var command : commands) {
            var process = new ProcessBuilder(("openssl " + command).split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
            assertThat(process.waitFor())
                    .as(Files.readString(folder.resolve("openssl.log")))
                    .isZero();
        }
    }

    private String[] tls(String key, String... more) {
        return Stream.concat(
                        Stream.of(
                                "[DEFAULT]",
                                "use_ssl = true",
                                "[ssl]",
                                "cert_file = " + folder.resolve("cert.pem"),
                                "key_file = " + folder.resolve(key)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** A client's side of TLS that trusts one certificate, and shows another of its own where one is named. */
    private SSLContext trusting(@Nullable String own) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate("cert.pem"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        var mine = KeyStore.getInstance("PKCS12");
        if (own == null) {
            mine.load(null, null);
        } else {
            try (var file = Files.newInputStream(folder.resolve(own))) {
                mine.load(file, "secret".toCharArray());
            }
        }
        keys.init(mine, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private X509Certificate certificate(String name) throws GeneralSecurityException, IOException {
        try (var file = Files.newInputStream(folder.resolve(name))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    @Test
    void theApiSpeaksTlsAndCanAskForAClientsCertificate() throws Exception {
        openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem",
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=client -keyout ckey.pem -out client.pem",
                "pkcs12 -export -inkey ckey.pem -in client.pem -passout pass:secret -out client.p12");
        try (var api = Api.in(folder, tls("key.pem"))) {
            var socket =
                    trusting(null).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), api.serverPort());
            assertThat(ask(socket, "GET / HTTP/1.1", "Host: h"))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"href\":\"https://h/v2.0/\"");
        }
        try (var api = Api.in(folder, tls("key.pem", "ca_file = " + folder.resolve("client.pem")))) {
            var known = trusting("client.p12")
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), api.serverPort());
            assertThat(ask(known, "GET / HTTP/1.1", "Host: h")).startsWith("HTTP/1.1 200");
            var unknown =
                    trusting(null).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), api.serverPort());
            // What is seen of the refusal depends on who is first: TLS's own word, or a closed socket.
            assertThatThrownBy(() -> ask(unknown, "GET / HTTP/1.1", "Host: h")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCertificateThatCannotBeUsedEndsTheStart() throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem");
        Files.writeString(folder.resolve("wrong.pem"), "nothing");
        assertThatThrownBy(() -> Api.in(folder, tls("gone.pem")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[ssl] key_file: '" + folder.resolve("gone.pem") + "' cannot be read");
        assertThatThrownBy(() -> Api.in(folder, tls("wrong.pem")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[ssl] cert_file: the certificate and its key cannot be used");
        assertThatThrownBy(() -> Api.in(folder, "[DEFAULT]", "use_ssl = true").close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[ssl] cert_file: is missing, and use_ssl is set");
    }
}
