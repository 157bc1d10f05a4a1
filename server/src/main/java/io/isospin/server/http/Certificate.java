package io.isospin.server.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.isospin.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code [ssl]}: the files of the server's certificate.
 *
 * @param clients the authorities of certificates that clients must show; empty where they need none
 */
record Certificate(Path chain, Path key, Optional<Path> clients) {
    private static final String SECTION = "ssl";

    static Certificate of(Settings settings) {
        for (var name : new String[] {"cert_file", "key_file", "ca_file"}) {
            settings.renamed(SECTION, name, "DEFAULT", "ssl_" + name);
        }
        var certificate = new Certificate(
                file(settings, "cert_file"),
                file(settings, "key_file"),
                settings.isSet(SECTION, "ca_file") ? Optional.of(file(settings, "ca_file")) : Optional.empty());
        if (certificate.isThere()) {
            certificate.check(settings);
        }
        return certificate;
    }

    private static Path file(Settings settings, String name) {
        var path = Path.of(settings.text(SECTION, name, ""));
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            settings.fault(
                    SECTION,
                    name,
                    settings.isSet(SECTION, name) ? "'" + path + "' cannot be read" : "is missing, and use_ssl is set",
                    "Name a PEM file that the server's user can read, or set use_ssl = false in [DEFAULT]");
        }
        return path;
    }

    private boolean isThere() {
        return Files.isRegularFile(chain)
                && Files.isRegularFile(key)
                && clients.filter(file -> !Files.isRegularFile(file)).isEmpty();
    }

    /** A file that is no certificate, or a key of another one, is found before anything starts. */
    private void check(Settings settings) {
        try {
            tls();
        } catch (RuntimeException e) {
            settings.fault(
                    SECTION,
                    "cert_file",
                    "the certificate and its key cannot be used: " + e.getMessage(),
                    "Write them as PEM, the key unencrypted");
        }
    }

    Tls tls() {
        var own = Keys.builder()
                .pem(pem -> pem.certChain(Resource.create(chain)).key(Resource.create(key)))
                .build();
        var tls = Tls.builder().privateKey(own).privateKeyCertChain(own);
        clients.ifPresent(file -> tls.trust(Keys.builder()
                        .pem(pem -> pem.certificates(Resource.create(file)))
                        .build())
                .clientAuth(TlsClientAuth.REQUIRED));
        return tls.build();
    }
}
