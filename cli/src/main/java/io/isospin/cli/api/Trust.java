package io.isospin.cli.api;

import io.isospin.cli.failure.Failure;
import io.isospin.core.tls.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.HttpsURLConnection;

/**
 * Whose certificates are believed.
 *
 * @param authorities a PEM file; empty for those that the JDK brings
 * @param anyone believe every certificate, as {@code --insecure} asks
 */
public record Trust(String authorities, boolean anyone) {

    void apply(HttpsURLConnection connection) {
        try {
            TlsClient.of(authorities.isEmpty() ? null : Path.of(authorities), anyone, null, null)
                    .secure(connection);
        } catch (GeneralSecurityException | IOException e) {
            throw new Failure("Cannot use the certificates in " + authorities + ", of OS_CACERT or --os-cacert: "
                    + e.getMessage() + ". It should be a readable PEM file.");
        }
    }
}
