package io.isospin.cli.identity;

import io.isospin.cli.api.Http;
import io.isospin.cli.api.Json;
import io.isospin.cli.api.Session;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.output.PythonJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keystone's tokens, version 3: one request gives the token, the roles and the catalogue. */
final class Keystone {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Identity identity;
    private final Http http;

    Keystone(Identity identity, Http http) {
        this.identity = identity;
        this.http = http;
    }

    Session login() {
        String base = identity.first("auth_url").replaceFirst("/+$", "").replaceFirst("/v2\\.0$", "");
        String url = (base.endsWith("/v3") ? base : base + "/v3") + "/auth/tokens";
        var answer = http.send("Keystone", "POST", url, Map.of(), new PythonJson(0).write(request()));
        if (answer.status() == 401 || answer.status() == 403) {
            throw new Failure("Keystone at " + url + " does not accept " + who() + ", from " + identity.source()
                    + ": check OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME and their domains.");
        }
        if (!answer.good()) {
            throw new Failure("Keystone at " + url + " answered " + answer.status() + " " + answer.reason()
                    + ": check OS_AUTH_URL, which should be the address of a Keystone with version 3 of its API.");
        }
        JsonNode token;
        try {
            token = Json.read(answer.body()).path("token");
        } catch (IllegalArgumentException e) {
            throw new Failure("What answered at " + url + " is not Keystone: it sent no JSON. Check OS_AUTH_URL.");
        }
        var roles = new HashSet<String>();
        token.path("roles").forEach(role -> roles.add(role.path("name").asString("")));
        return Session.at(
                endpoint(token.path("catalog")),
                answer.header("X-Subject-Token").orElse(""),
                token.path("project").path("id").asString(""),
                roles);
    }

    private String endpoint(JsonNode catalog) {
        if (identity.has("endpoint_override", "url", "endpoint")) {
            return identity.first("endpoint_override", "url", "endpoint");
        }
        String type = identity.values().getOrDefault("service_type", "network");
        String wanted = identity.has("endpoint_type", "interface")
                ? identity.first("endpoint_type", "interface").replaceFirst("URL$", "")
                : "public";
        String region = identity.first("region_name");
        var seen = new ArrayList<String>();
        for (var service : catalog) {
            if (!service.path("type").asString("").equals(type)) {
                continue;
            }
            for (var endpoint : service.path("endpoints")) {
                String place = endpoint.path("region_id")
                        .asString(endpoint.path("region").asString(""));
                String kind = endpoint.path("interface").asString("");
                if (kind.equals(wanted) && (region.isEmpty() || place.equals(region))) {
                    return endpoint.path("url").asString("");
                }
                seen.add(kind + " in " + place);
            }
        }
        throw new Failure("Keystone's catalogue has no " + wanted + " endpoint of the service type " + type
                + (region.isEmpty() ? "" : " in the region " + region)
                + (seen.isEmpty() ? "" : "; it has " + String.join(", ", seen))
                + ": check OS_REGION_NAME and OS_ENDPOINT_TYPE, or name the address itself with OS_URL.");
    }

    private ObjectNode request() {
        var auth = JSON.objectNode();
        var proof = JSON.objectNode();
        auth.set("identity", proof);
        if (identity.has("application_credential_secret")) {
            proof.set("methods", JSON.arrayNode().add("application_credential"));
            proof.set("application_credential", applicationCredential());
        } else if (identity.has("token")) {
            proof.set("methods", JSON.arrayNode().add("token"));
            proof.set("token", JSON.objectNode().put("id", identity.first("token")));
            auth.set("scope", scope());
        } else {
            proof.set("methods", JSON.arrayNode().add("password"));
            var user = user();
            user.put("password", needed("OS_PASSWORD", "password"));
            proof.set("password", JSON.objectNode().set("user", user));
            auth.set("scope", scope());
        }
        return JSON.objectNode().set("auth", auth);
    }

    private ObjectNode applicationCredential() {
        var credential = JSON.objectNode();
        credential.put("secret", identity.first("application_credential_secret"));
        if (identity.has("application_credential_id")) {
            return credential.put("id", identity.first("application_credential_id"));
        }
        credential.put("name", needed("OS_APPLICATION_CREDENTIAL_ID", "application_credential_name"));
        credential.set("user", user());
        return credential;
    }

    private ObjectNode user() {
        var user = JSON.objectNode();
        if (identity.has("user_id")) {
            return user.put("id", identity.first("user_id"));
        }
        user.put("name", needed("OS_USERNAME", "username"));
        user.set("domain", domain("user"));
        return user;
    }

    private ObjectNode scope() {
        var scope = JSON.objectNode();
        if (identity.has("project_id", "tenant_id")) {
            scope.set("project", JSON.objectNode().put("id", identity.first("project_id", "tenant_id")));
        } else if (identity.has("domain_id")) {
            scope.set("domain", JSON.objectNode().put("id", identity.first("domain_id")));
        } else {
            var project = JSON.objectNode().put("name", needed("OS_PROJECT_NAME", "project_name", "tenant_name"));
            project.set("domain", domain("project"));
            scope.set("project", project);
        }
        return scope;
    }

    private ObjectNode domain(String of) {
        var domain = JSON.objectNode();
        String id = identity.first(of + "_domain_id");
        String name = identity.first(of + "_domain_name");
        if (!id.isEmpty()) {
            return domain.put("id", id);
        }
        if (!name.isEmpty()) {
            return domain.put("name", name);
        }
        String standard = identity.first("default_domain_name");
        return standard.isEmpty()
                ? domain.put(
                        "id",
                        identity.values()
                                .getOrDefault(
                                        "default_domain_id",
                                        identity.values().getOrDefault("default_domain", "default")))
                : domain.put("name", standard);
    }

    private String needed(String variable, String... names) {
        if (!identity.has(names)) {
            throw new Failure("Keystone at " + identity.first("auth_url") + " wants " + names[0] + ", and "
                    + identity.source() + (identity.source().startsWith("the OS_") ? " lack" : " lacks") + " it: set "
                    + variable + ".");
        }
        return identity.first(names);
    }

    private String who() {
        if (identity.has("application_credential_secret")) {
            return "the application credential";
        }
        if (identity.has("token")) {
            return "the token";
        }
        var parts = List.of(
                "user " + identity.first("username", "user_id"),
                "project " + identity.first("project_name", "project_id", "tenant_name", "tenant_id"));
        return "the password of " + String.join(", ", parts);
    }
}
