package io.isospin.lab.identity;

import io.isospin.lab.http.Json;
import io.isospin.lab.identity.Directory.Assignment;
import io.isospin.lab.identity.Directory.Project;
import io.isospin.lab.identity.Directory.Role;
import io.isospin.lab.identity.Directory.User;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How identity's things look in JSON. */
final class IdentityView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private IdentityView() {}

    static ObjectNode version(String origin) {
        var version = Json.object().put("id", "v3.14").put("status", "stable").put("updated", "2020-04-07T00:00:00Z");
        version.putArray("links").addObject().put("rel", "self").put("href", origin + "/v3/");
        version.putArray("media-types")
                .addObject()
                .put("base", "application/json")
                .put("type", "application/vnd.openstack.identity-v3+json");
        return version;
    }

    static ObjectNode token(Token token, Catalogue catalogue, String host, boolean withCatalogue) {
        var body = Json.object();
        body.set("methods", Json.strings(token.methods()));
        var user = body.putObject("user");
        user.set("domain", domainReference());
        user.put("id", token.user().id()).put("name", token.user().name()).putNull("password_expires_at");
        body.set("audit_ids", Json.strings(List.of(token.auditId())));
        body.put("expires_at", time(token.expires())).put("issued_at", time(token.issued()));
        token.project().ifPresent(project -> {
            var node = body.putObject("project");
            node.set("domain", domainReference());
            node.put("id", project.id()).put("name", project.name());
            body.put("is_domain", false);
            body.set(
                    "roles",
                    Json.array(token.roles().stream()
                            .map(role -> Json.object().put("id", role.id()).put("name", role.name()))
                            .toList()));
            if (withCatalogue) {
                body.set("catalog", catalogue.inToken(host));
            }
        });
        return Json.object("token", body);
    }

    static ObjectNode project(Project project, String origin) {
        var node = Json.object()
                .put("id", project.id())
                .put("name", project.name())
                .put("domain_id", Directory.DOMAIN_ID)
                .put("description", project.description())
                .put("enabled", true)
                .put("parent_id", Directory.DOMAIN_ID)
                .put("is_domain", false);
        node.putArray("tags");
        node.putObject("options");
        node.set("links", self(origin, "projects", project.id()));
        return node;
    }

    static ObjectNode user(User user, String origin) {
        var node = Json.object()
                .put("id", user.id())
                .put("name", user.name())
                .put("domain_id", Directory.DOMAIN_ID)
                .put("enabled", true)
                .putNull("password_expires_at");
        node.putObject("options");
        node.set("links", self(origin, "users", user.id()));
        return node;
    }

    static ObjectNode role(Role role, String origin) {
        var node = Json.object()
                .put("id", role.id())
                .put("name", role.name())
                .putNull("domain_id")
                .putNull("description");
        node.putObject("options");
        node.set("links", self(origin, "roles", role.id()));
        return node;
    }

    static ObjectNode domain(String origin) {
        var node = Json.object()
                .put("id", Directory.DOMAIN_ID)
                .put("name", Directory.DOMAIN_NAME)
                .put("description", "The default domain")
                .put("enabled", true);
        node.putArray("tags");
        node.putObject("options");
        node.set("links", self(origin, "domains", Directory.DOMAIN_ID));
        return node;
    }

    static ObjectNode region(String origin) {
        var node =
                Json.object().put("id", Directory.REGION).put("description", "").putNull("parent_region_id");
        node.set("links", self(origin, "regions", Directory.REGION));
        return node;
    }

    static ObjectNode assignment(Assignment assignment, boolean names, String origin) {
        var node = Json.object();
        var role = node.putObject("role").put("id", assignment.role().id());
        var user = node.putObject("user").put("id", assignment.user().id());
        var project = node.putObject("scope")
                .putObject("project")
                .put("id", assignment.project().id());
        if (names) {
            role.put("name", assignment.role().name());
            user.put("name", assignment.user().name()).set("domain", domainReference());
            project.put("name", assignment.project().name()).set("domain", domainReference());
        }
        node.putObject("links")
                .put(
                        "assignment",
                        origin + "/v3/projects/" + assignment.project().id() + "/users/"
                                + assignment.user().id() + "/roles/"
                                + assignment.role().id());
        return node;
    }

    static ObjectNode collection(String key, List<ObjectNode> items, String origin, String path) {
        var body = Json.object(key, Json.array(items));
        body.putObject("links").put("self", origin + path).putNull("previous").putNull("next");
        return body;
    }

    private static ObjectNode domainReference() {
        return Json.object().put("id", Directory.DOMAIN_ID).put("name", Directory.DOMAIN_NAME);
    }

    private static ObjectNode self(String origin, String kind, String id) {
        return Json.object().put("self", origin + "/v3/" + kind + "/" + id);
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
