package io.isospin.core.tls;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How connections to a service are secured, where they speak TLS. */
public final class TlsClient {
    /** Believes whom the JDK believes, and shows no certificate. */
    public static final TlsClient STANDARD = new TlsClient(null, false);

    private final @Nullable SSLSocketFactory sockets;
    private final boolean anyone;

    private TlsClient(@Nullable SSLSocketFactory sockets, boolean anyone) {
        this.sockets = sockets;
        this.anyone = anyone;
    }

    /**
     * @param authorities whose signature makes a server's certificate believed, in PEM; null for whom the JDK believes
     * @param anyone believe every certificate, for whatever host it is
     * @param certificate the client's own with its chain, in PEM; null for none
     * @param key of {@code certificate}, in PEM and PKCS #8
     * @throws IOException where a file cannot be read or is not what it should be
     */
    public static TlsClient of(
            @Nullable Path authorities, boolean anyone, @Nullable Path certificate, @Nullable Path key)
            throws GeneralSecurityException, IOException {
        if (authorities == null && !anyone && certificate == null) {
            return STANDARD;
        }
        var context = SSLContext.getInstance("TLS");
        context.init(keys(certificate, key), anyone ? new TrustManager[] {new Anyone()} : trust(authorities), null);
        return new TlsClient(context.getSocketFactory(), anyone);
    }

    /**
     * A connection to {@code url}, which has sent nothing yet.
     *
     * @throws IOException where that is no address
     */
    public HttpURLConnection open(String url) throws IOException {
        try {
            var connection = (HttpURLConnection) new URI(url).toURL().openConnection();
            secure(connection);
            return connection;
        } catch (URISyntaxException | IllegalArgumentException | ClassCastException e) {
            throw new IOException("'" + url + "' is not an address", e);
        }
    }

    /** A connection that does not speak TLS is left as it is. */
    public void secure(HttpURLConnection connection) {
        if (connection instanceof HttpsURLConnection tls && sockets != null) {
            tls.setSSLSocketFactory(sockets);
            if (anyone) {
                tls.setHostnameVerifier((host, session) -> true);
            }
        }
    }

    private static KeyManager @Nullable [] keys(@Nullable Path certificate, @Nullable Path key)
            throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        var store = empty();
        Certificate[] chain = Pem.certificates(certificate).toArray(Certificate[]::new);
        String algorithm = chain[0].getPublicKey().getAlgorithm();
        store.setKeyEntry("own", Pem.privateKey(key, algorithm), new char[0], chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(@Nullable Path authorities)
            throws GeneralSecurityException, IOException {
        if (authorities == null) {
            return null;
        }
        var store = empty();
        int number = 0;
        for (var authority : Pem.certificates(authorities)) {
            store.setCertificateEntry("authority-" + number++, authority);
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
}
