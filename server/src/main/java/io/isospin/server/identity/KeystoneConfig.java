package io.isospin.server.identity;

import io.isospin.core.config.Settings;
import io.isospin.core.tls.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * How to speak to Keystone as a service: a section such as {@code [keystone_authtoken]} or {@code [nova]}.
 *
 * @param url Keystone's, with /v3
 * @param forClients where clients get a token
 * @param tls what {@code cafile}, {@code insecure}, {@code certfile} and {@code keyfile} say, for Keystone and what its catalogue names
 */
public record KeystoneConfig(
        String url,
        String forClients,
        String user,
        String password,
        String project,
        Domain userDomain,
        Domain projectDomain,
        String region,
        TlsClient tls) {

    /** A domain as requests name it: by {@code id} or by {@code name}. */
    record Domain(String key, String value) {
        private static Domain of(Settings settings, String section, String whose) {
            return settings.optional(section, whose + "_domain_id")
                    .map(id -> new Domain("id", id))
                    .orElseGet(() -> new Domain("name", settings.text(section, whose + "_domain_name", "Default")));
        }
    }

    public static KeystoneConfig of(Settings settings, String section) {
        String url = settings.text(section, "auth_url", settings.text(section, "www_authenticate_uri", ""));
        String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new KeystoneConfig(
                trimmed.isEmpty() || trimmed.endsWith("/v3") ? trimmed : trimmed + "/v3",
                settings.text(section, "www_authenticate_uri", trimmed.replaceFirst("/v3$", "")),
                settings.text(section, "username", "neutron"),
                settings.text(section, "password", ""),
                settings.text(section, "project_name", "service"),
                Domain.of(settings, section, "user"),
                Domain.of(settings, section, "project"),
                settings.text(section, "region_name", ""),
                tls(settings, section));
    }

    private static TlsClient tls(Settings settings, String section) {
        try {
            return TlsClient.of(
                    file(settings, section, "cafile"),
                    settings.bool(section, "insecure", false),
                    file(settings, section, "certfile"),
                    file(settings, section, "keyfile"));
        } catch (GeneralSecurityException | IOException e) {
            settings.fault(
                    section,
                    "cafile",
                    "the certificates for TLS with Keystone cannot be used: " + e.getMessage(),
                    "Name readable files in PEM in cafile, certfile and keyfile");
            return TlsClient.STANDARD;
        }
    }

    private static @Nullable Path file(Settings settings, String section, String key) {
        return settings.optional(section, key)
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElse(null);
    }
}
