package io.isospin.server.identity;

import java.util.Set;

/** Who sends a request: a user in a project, with roles there (lower case). */
public record Caller(String user, String project, Set<String> roles) {

    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /** Another OpenStack service, or an administrator. */
    public boolean isService() {
        return isAdmin() || roles.contains("service");
    }
}
