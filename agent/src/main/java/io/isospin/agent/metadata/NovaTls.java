package io.isospin.agent.metadata;

import io.isospin.agent.config.MetadataConfig;
import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Nova's and this agent's certificates, from files in PEM, as they are where nova_metadata_protocol is https. */
final class NovaTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final SSLSocketFactory sockets;
    private final boolean insecure;

    private NovaTls(SSLSocketFactory sockets, boolean insecure) {
        this.sockets = sockets;
        this.insecure = insecure;
    }

    /** Null where Nova is spoken to without TLS. */
    static @Nullable NovaTls of(MetadataConfig config) {
        if (!config.protocol().equals("https")) {
            return null;
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(config), trust(config), null);
            return new NovaTls(context.getSocketFactory(), config.insecure());
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigException(List.of(new Fault(
                    "auth_ca_cert, nova_client_cert, nova_client_priv_key",
                    "they can't be used: " + e.getMessage(),
                    "Name files in PEM")));
        }
    }

    void secure(HttpURLConnection connection) {
        if (connection instanceof HttpsURLConnection tls) {
            tls.setSSLSocketFactory(sockets);
            if (insecure) {
                tls.setHostnameVerifier((host, session) -> true);
            }
        }
    }

    private static KeyManager @Nullable [] keys(MetadataConfig config) throws GeneralSecurityException, IOException {
        Path certificate = config.clientCert();
        Path key = config.clientKey();
        if (certificate == null || key == null) {
            return null;
        }
        var store = empty();
        Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
        store.setKeyEntry("nova", privateKey(key, chain[0].getPublicKey().getAlgorithm()), new char[0], chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(MetadataConfig config) throws GeneralSecurityException, IOException {
        if (config.insecure()) {
            return new TrustManager[] {new Anyone()};
        }
        if (config.caCert() == null) {
            return null;
        }
        var store = empty();
        int number = 0;
        for (var each : certificates(config.caCert())) {
            store.setCertificateEntry("ca" + number++, each);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<? extends Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        var found = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
        if (found.isEmpty()) {
            throw new IOException(file + " has no certificate");
        }
        return found;
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws GeneralSecurityException, IOException {
        Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new IOException(
                    file + " has no key in PKCS #8; \"openssl pkcs8 -topk8 -nocrypt -in " + file + "\" makes it one");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    /** nova_metadata_insecure: whoever answers there is taken for Nova. */
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
