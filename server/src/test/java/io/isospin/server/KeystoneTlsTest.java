package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.isospin.core.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Keystone whose certificate no JDK knows. */
class KeystoneTlsTest {
    private static final String TOKEN = "{\"token\": {\"expires_at\": \"2999-01-01T00:00:00.000000Z\", \"catalog\": [],"
            + " \"user\": {\"id\": \"u\", \"name\": \"u\", \"domain\": {\"id\": \"d\", \"name\": \"d\"}},"
            + " \"project\": {\"id\": \"p\", \"name\": \"p\", \"domain\": {\"id\": \"d\", \"name\": \"d\"}},"
            + " \"roles\": [{\"id\": \"r\", \"name\": \"admin\"}]}}";

    @TempDir
    Path folder;

    private HttpsServer keystone;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=keystone -addext subjectAltName=IP:127.0.0.1"
                + " -keyout key.pem -out keystone.pem");
        openssl("pkcs12 -export -inkey key.pem -in keystone.pem -passout pass:secret -out keystone.p12");
        keystone = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keystone.setHttpsConfigurator(new HttpsConfigurator(context()));
        keystone.createContext("/v3/auth/tokens", KeystoneTlsTest::answer);
        keystone.start();
    }

    @AfterEach
    void stop() {
        keystone.stop(0);
    }

    private void openssl(String line) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Stream.of(("openssl " + line).split(" ")).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("openssl.log")))
                .isZero();
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(folder.resolve("keystone.p12"))) {
            store.load(file, "secret".toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("X-Subject-Token", "service");
            byte[] body = TOKEN.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Api server(String... tls) {
        var lines = Stream.concat(
                Stream.of(
                        "[DEFAULT]",
                        "auth_strategy = keystone",
                        "[keystone_authtoken]",
                        "auth_url = https://127.0.0.1:" + keystone.getAddress().getPort()),
                Stream.of(tls));
        return Api.in(folder, lines.toArray(String[]::new));
    }

    /** The status that a client with a token gets. */
    private int status(String... tls) throws IOException, InterruptedException {
        try (var api = server(tls);
                var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.serverPort() + "/v2.0/networks"))
                    .header("X-Auth-Token", "t")
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void itIsBelievedWhereCafileNamesItsAuthorityOrInsecureAsksNobody() throws IOException, InterruptedException {
        assertThat(status()).isEqualTo(503);
        assertThat(status("cafile = " + folder.resolve("keystone.pem"))).isEqualTo(200);
        assertThat(status("insecure = true")).isEqualTo(200);
    }

    @Test
    void aCafileThatIsNoneEndsTheStart() throws IOException {
        var wrong = Files.writeString(folder.resolve("wrong.pem"), "nothing");
        assertThatThrownBy(() -> server("cafile = " + wrong).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "[keystone_authtoken] cafile: the certificates for TLS with Keystone cannot be used");
    }
}
