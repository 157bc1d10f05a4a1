package io.isospin.server.identity;

import io.isospin.core.config.Settings;

/**
 * How to speak to Keystone as a service: a section such as {@code [keystone_authtoken]} or {@code [nova]}.
 *
 * @param url Keystone's, with /v3
 * @param forClients where clients get a token
 */
public record KeystoneConfig(
        String url,
        String forClients,
        String user,
        String password,
        String project,
        Domain userDomain,
        Domain projectDomain,
        String region) {

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
                settings.text(section, "region_name", ""));
    }
}
