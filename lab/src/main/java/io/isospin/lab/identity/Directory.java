package io.isospin.lab.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who there is. Ids follow from names, so that what a user owns in Networking's store is still theirs after the lab
 * was started anew.
 */
public record Directory(List<Project> projects, List<User> users, List<Role> roles, List<Assignment> assignments) {
    public static final String DOMAIN_ID = "default";
    public static final String DOMAIN_NAME = "Default";
    public static final String REGION = "RegionOne";

    public record Project(String id, String name, String description) {}

    public record User(String id, String name, String password) {}

    public record Role(String id, String name) {}

    public record Assignment(User user, Project project, Role role) {}

    /** The lab's own directory; {@code passwords} by user name. */
    public static Directory lab(Map<String, String> passwords) {
        var admin = new Project(id("project", "admin"), "admin", "The administrator's project");
        var demo = new Project(id("project", "demo"), "demo", "A tenant");
        var service = new Project(id("project", "service"), "service", "The services");
        var users = List.of("admin", "demo", "neutron", "nova").stream()
                .map(name -> new User(id("user", name), name, passwords.getOrDefault(name, "")))
                .toList();
        var roles = List.of("admin", "member", "reader", "service").stream()
                .map(name -> new Role(id("role", name), name))
                .toList();
        return new Directory(
                List.of(admin, demo, service),
                users,
                roles,
                List.of(
                        new Assignment(users.get(0), admin, roles.get(0)),
                        new Assignment(users.get(0), demo, roles.get(0)),
                        new Assignment(users.get(1), demo, roles.get(1)),
                        new Assignment(users.get(2), service, roles.get(0)),
                        new Assignment(users.get(2), service, roles.get(3)),
                        new Assignment(users.get(3), service, roles.get(0)),
                        new Assignment(users.get(3), service, roles.get(3))));
    }

    /** A stable id in the form of Keystone's: 32 hexadecimal digits. */
    public static String id(String kind, String name) {
        return UUID.nameUUIDFromBytes(("isospin-lab/" + kind + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    public Optional<User> user(String idOrName) {
        return users.stream()
                .filter(user -> user.id().equals(idOrName) || user.name().equals(idOrName))
                .findFirst();
    }

    public Optional<Project> project(String idOrName) {
        return projects.stream()
                .filter(project ->
                        project.id().equals(idOrName) || project.name().equals(idOrName))
                .findFirst();
    }

    public List<Project> projectsOf(User user) {
        return projects.stream()
                .filter(project -> !rolesOf(user, project).isEmpty())
                .toList();
    }

    public List<Role> rolesOf(User user, Project project) {
        return assignments.stream()
                .filter(a -> a.user().equals(user) && a.project().equals(project))
                .map(Assignment::role)
                .toList();
    }
}
