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
        String userDomain,
        String projectDomain,
        String region) {

    public static KeystoneConfig of(Settings settings, String section) {
        String url = settings.text(section, "auth_url", settings.text(section, "www_authenticate_uri", ""));
        String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new KeystoneConfig(
                trimmed.isEmpty() || trimmed.endsWith("/v3") ? trimmed : trimmed + "/v3",
                settings.text(section, "www_authenticate_uri", trimmed.replaceFirst("/v3$", "")),
                settings.text(section, "username", "neutron"),
                settings.text(section, "password", ""),
                settings.text(section, "project_name", "service"),
                settings.text(section, "user_domain_name", "Default"),
                settings.text(section, "project_domain_name", "Default"),
                settings.text(section, "region_name", ""));
    }
}
