package io.isospin.server.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param roles the user's in the project, lower case
 * @param serviceRoles those of the service that passes a user's request on
 * @param details what else is known, by the names that policy rules use: {@code user_domain_id}, {@code system_scope}
 * @param isAdmin whether policy takes it for an administrator
 * @param isService whether policy takes it for another OpenStack service
 */
public record Caller(
        String user,
        String project,
        Set<String> roles,
        Set<String> serviceRoles,
        Map<String, String> details,
        boolean isAdmin,
        boolean isService) {

    /** A caller of whom policy has not said anything yet. */
    public static Caller of(
            String user, String project, Set<String> roles, Set<String> serviceRoles, Map<String, String> details) {
        return new Caller(user, project, roles, serviceRoles, details, false, false);
    }

    public Caller recognised(boolean admin, boolean service) {
        return new Caller(user, project, roles, serviceRoles, details, admin, service);
    }

    /** What is known of the caller under a name, as policy rules compare it. */
    public Collection<String> values(String name) {
        return switch (name) {
            case "user_id", "user" -> some(user);
            case "project_id", "tenant_id", "tenant" -> some(project);
            case "roles" -> roles;
            case "service_roles" -> serviceRoles;
            case "is_admin" -> List.of(isAdmin ? "True" : "False");
            default -> some(details.getOrDefault(name, ""));
        };
    }

    private static List<String> some(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }

    /** What the caller's token is for: {@code project}, {@code domain} or {@code system}. */
    public String scope() {
        if (details.containsKey("system_scope")) {
            return "system";
        }
        return details.containsKey("domain_id") ? "domain" : "project";
    }
}
