package io.isospin.cli.api;

import java.util.Set;

/**
 * Where Networking lies, and what proves who the caller is.
 *
 * @param endpoint without a trailing slash, and without the version
 * @param token empty where the server wants none
 * @param project the caller's project's id; empty where only the server knows it
 * @param roles the caller's roles, as far as they are known
 */
public record Session(String endpoint, String token, String project, Set<String> roles) {
    public static Session at(String endpoint, String token, String project, Set<String> roles) {
        String trimmed = endpoint.replaceFirst("/+$", "").replaceFirst("/v2\\.0$", "");
        return new Session(trimmed, token, project, roles);
    }

    public boolean isAdmin() {
        return roles.contains("admin");
    }
}
