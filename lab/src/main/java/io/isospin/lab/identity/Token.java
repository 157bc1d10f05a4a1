package io.isospin.lab.identity;

import io.isospin.lab.identity.Directory.Project;
import io.isospin.lab.identity.Directory.Role;
import io.isospin.lab.identity.Directory.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A token as Keystone holds it: who, for which project (absent: unscoped), with which roles, until when. */
public record Token(
        String secret,
        List<String> methods,
        User user,
        Optional<Project> project,
        List<Role> roles,
        String auditId,
        Instant issued,
        Instant expires) {

    public boolean has(String role) {
        return roles.stream().anyMatch(held -> held.name().equals(role));
    }

    public boolean admin() {
        return has("admin");
    }

    /** The id of the project that the token is scoped to; empty text where it is unscoped. */
    public String projectId() {
        return project.map(Project::id).orElse("");
    }
}
