package io.isospin.agent.config;

import io.isospin.core.config.Settings;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.core.tls.TlsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of metadata_agent.ini that Isospin honours: where Nova answers for metadata, and how it is spoken to.
 *
 * @param protocol {@code http} or {@code https}
 * @param host a name or an address, without brackets
 * @param secret what instance ids are signed with; Nova's {@code [neutron] metadata_proxy_shared_secret}
 * @param tls whose certificate is taken for Nova's, and which one this agent shows, where the protocol is https
 */
public record MetadataConfig(String protocol, String host, int port, String secret, TlsClient tls) {
    private static final String PROTOCOL = "nova_metadata_protocol";
    private static final String HOST = "nova_metadata_host";
    private static final String AUTHORITIES = "auth_ca_cert";
    private static final String CLIENT_KEY = "nova_client_priv_key";

    static MetadataConfig from(Settings settings) {
        String host = settings.text(Settings.DEFAULT, HOST, "127.0.0.1");
        if (!IpAddress.isAddress(host) && !host.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")) {
            settings.fault(Settings.DEFAULT, HOST, "'" + host + "' is not a host's name", "Write a name or an address");
        }
        Path clientCert = file(settings, "nova_client_cert");
        Path clientKey = file(settings, CLIENT_KEY);
        if ((clientCert == null) != (clientKey == null)) {
            settings.fault(
                    Settings.DEFAULT,
                    clientKey == null ? "nova_client_cert" : CLIENT_KEY,
                    "a certificate and its key go together",
                    "Set nova_client_cert and " + CLIENT_KEY + ", or neither");
        }
        return new MetadataConfig(
                settings.choice(Settings.DEFAULT, PROTOCOL, "http", List.of("http", "https")),
                host,
                settings.integer(Settings.DEFAULT, "nova_metadata_port", 8775, 1, 65535),
                settings.text(Settings.DEFAULT, "metadata_proxy_shared_secret", ""),
                tls(settings, clientCert, clientKey));
    }

    private static TlsClient tls(Settings settings, @Nullable Path certificate, @Nullable Path key) {
        try {
            return TlsClient.of(
                    file(settings, AUTHORITIES),
                    settings.bool(Settings.DEFAULT, "nova_metadata_insecure", false),
                    certificate,
                    key);
        } catch (GeneralSecurityException | IOException e) {
            settings.fault(
                    Settings.DEFAULT,
                    AUTHORITIES,
                    "the certificates for TLS with Nova cannot be used: " + e.getMessage(),
                    "Name readable files in PEM there, in nova_client_cert and in " + CLIENT_KEY);
            return TlsClient.STANDARD;
        }
    }

    private static @Nullable Path file(Settings settings, String key) {
        Path file = settings.optional(Settings.DEFAULT, key)
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElse(null);
        if (file != null && !Files.isReadable(file)) {
            settings.fault(Settings.DEFAULT, key, "there is no readable file " + file, "Name a file in PEM");
        }
        return file;
    }

    /** Scheme, host and port as a URL begins. */
    public String origin() {
        boolean brackets = IpAddress.isAddress(host) && IpAddress.parse(host).version() == IpVersion.V6;
        return protocol + "://" + (brackets ? "[" + host + "]" : host) + ":" + port;
    }
}
