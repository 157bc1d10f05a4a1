package io.isospin.server.identity;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Keystone says of a token. */
record Token(JsonNode document) {

    Instant expiry() {
        return Instant.parse(document.path("expires_at").asString());
    }

    boolean hasExpired(Instant now) {
        return !now.isBefore(expiry());
    }

    Set<String> roles() {
        return document.path("roles")
                .valueStream()
                .map(role -> role.path("name").asString().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    String user() {
        return document.at("/user/id").asString("");
    }

    /** Whom the token stands for, and the {@code service} that passes its request on. */
    Caller caller(@Nullable Token service) {
        var details = new HashMap<String, String>();
        put(details, "user_name", "/user/name");
        put(details, "user_domain_id", "/user/domain/id");
        put(details, "user_domain", "/user/domain/id");
        put(details, "project_name", "/project/name");
        put(details, "tenant_name", "/project/name");
        put(details, "project_domain_id", "/project/domain/id");
        put(details, "project_domain", "/project/domain/id");
        put(details, "domain_id", "/domain/id");
        put(details, "domain", "/domain/id");
        if (document.at("/system/all").asBoolean(false)) {
            details.put("system_scope", "all");
            details.put("system", "all");
        }
        details.put("is_admin_project", document.path("is_admin_project").asBoolean(true) ? "True" : "False");
        if (service != null) {
            service.put(details, "service_user_id", "/user/id");
            service.put(details, "service_user_domain_id", "/user/domain/id");
            service.put(details, "service_project_id", "/project/id");
            service.put(details, "service_project_domain_id", "/project/domain/id");
        }
        return Caller.of(
                user(),
                document.at("/project/id").asString(""),
                roles(),
                service == null ? Set.of() : service.roles(),
                Map.copyOf(details));
    }

    private void put(Map<String, String> details, String name, String pointer) {
        String value = document.at(pointer).asString("");
        if (!value.isEmpty()) {
            details.put(name, value);
        }
    }
}
