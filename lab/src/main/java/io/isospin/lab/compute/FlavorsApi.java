package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /flavors}: all may read those that reach them, an administrator makes and changes them. */
final class FlavorsApi {
    private static final int MOST = Integer.MAX_VALUE;

    private final Flavors flavors;

    FlavorsApi(Flavors flavors) {
        this.flavors = flavors;
    }

    void mount(Mount mount) {
        mount.on("GET", "/flavors", asked -> list(asked, false));
        mount.on("GET", "/flavors/detail", asked -> list(asked, true));
        mount.on("POST", "/flavors", this::create);
        mount.on("GET", "/flavors/{id}", asked -> shown(asked, flavor(asked)));
        mount.on("PUT", "/flavors/{id}", this::describe);
        mount.on("DELETE", "/flavors/{id}", asked -> {
            asked.requireAdmin("os-flavor-manage:delete");
            flavors.remove(flavor(asked).id());
            return Answer.empty(202);
        });
        mount.on("POST", "/flavors/{id}/action", this::access);
        mount.on("GET", "/flavors/{id}/os-flavor-access", asked -> {
            asked.requireAdmin("os-flavor-access");
            var flavor = flavor(asked);
            if (flavor.isPublic()) {
                throw Refusal.notFound("Access list not available for public flavors.");
            }
            return accessList(flavor);
        });
        mount.on("GET", "/flavors/{id}/os-extra_specs", asked -> specs(flavor(asked)));
        mount.on("POST", "/flavors/{id}/os-extra_specs", this::addSpecs);
        mount.on("GET", "/flavors/{id}/os-extra_specs/{key}", asked -> spec(asked, flavor(asked)));
        mount.on("PUT", "/flavors/{id}/os-extra_specs/{key}", this::changeSpec);
        mount.on("DELETE", "/flavors/{id}/os-extra_specs/{key}", this::removeSpec);
    }

    private Answer list(Asked asked, boolean detail) {
        var view = new FlavorView(asked.version(), asked.links());
        String which = asked.call().parameter("is_public").orElse("");
        boolean all = asked.caller().admin() && which.equalsIgnoreCase("none");
        boolean hidden = asked.caller().admin() && which.matches("(?i)false|0|f|no");
        String project = asked.caller().projectId();
        return Answer.ok(Json.object(
                "flavors",
                Json.array(flavors.all().stream()
                        .filter(flavor -> all || (hidden ? !flavor.isPublic() : flavor.reaches(project)))
                        .filter(flavor -> flavor.ram() >= least(asked, "minRam"))
                        .filter(flavor -> flavor.disk() >= least(asked, "minDisk"))
                        .map(flavor -> detail ? view.full(flavor) : view.brief(flavor))
                        .toList())));
    }

    private static int least(Asked asked, String key) {
        String text = asked.call().parameter(key).orElse("0");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.badRequest("Invalid " + key + " filter [" + text + "]");
        }
        return Integer.parseInt(text);
    }

    private Flavor flavor(Asked asked) {
        String id = asked.call().variable("id");
        return flavors.find(id)
                .filter(flavor ->
                        asked.caller().admin() || flavor.reaches(asked.caller().projectId()))
                .orElseThrow(() -> Refusal.notFound("Flavor " + id + " could not be found."));
    }

    private static Answer shown(Asked asked, Flavor flavor) {
        return Answer.ok(Json.object("flavor", new FlavorView(asked.version(), asked.links()).full(flavor)));
    }

    private Answer create(Asked asked) {
        asked.requireAdmin("os-flavor-manage:create");
        var body = asked.call().json().path("flavor");
        String name = body.path("name").asString("").strip();
        if (name.isEmpty() || name.length() > 255) {
            throw Refusal.badRequest("Invalid input for field/attribute name. Value: " + name + ". '" + name
                    + "' does not have 1 to 255 characters");
        }
        String id = body.path("id").asString("");
        if (id.isEmpty() || id.equals("auto")) {
            id = UUID.randomUUID().toString();
        }
        var flavor = new Flavor(
                id,
                name,
                number(body, "vcpus", 1, Optional.empty()),
                number(body, "ram", 1, Optional.empty()),
                number(body, "disk", 0, Optional.empty()),
                number(body, "OS-FLV-EXT-DATA:ephemeral", 0, Optional.of(0)),
                number(body, "swap", 0, Optional.of(0)),
                body.path("rxtx_factor").asDouble(1.0),
                body.path("os-flavor-access:is_public").asBoolean(true),
                Optional.ofNullable(body.path("description").stringValue(null)),
                Map.of(),
                Set.of());
        if (!flavors.add(flavor)) {
            throw Refusal.conflict(
                    flavors.find(id).isPresent()
                            ? "Flavor with ID " + id + " already exists."
                            : "Flavor with name " + name + " already exists.");
        }
        return shown(asked, flavor);
    }

    private static int number(JsonNode body, String key, int least, Optional<Integer> fallback) {
        var node = body.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return fallback.orElseThrow(() -> Refusal.badRequest(
                    "Invalid input for field/attribute flavor. '" + key + "' is a required property"));
        }
        String text = node.asString("");
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) < least || Long.parseLong(text) > MOST) {
            throw Refusal.badRequest("Invalid input for field/attribute " + key + ". Value: " + text
                    + ". It must be a number from " + least + " to " + MOST);
        }
        return Integer.parseInt(text);
    }

    private Answer describe(Asked asked) {
        asked.requireAdmin("os-flavor-manage:update");
        if (!asked.version().from(55)) {
            throw Refusal.notFound("The resource could not be found.");
        }
        var text = Optional.ofNullable(
                asked.call().json().path("flavor").path("description").stringValue(null));
        var flavor = flavor(asked);
        return shown(
                asked, flavors.update(flavor.id(), old -> old.described(text)).orElse(flavor));
    }

    private Answer access(Asked asked) {
        asked.requireAdmin("os-flavor-access");
        var flavor = flavor(asked);
        var body = asked.call().json();
        boolean add = body.has("addTenantAccess");
        String project = body.path(add ? "addTenantAccess" : "removeTenantAccess")
                .path("tenant")
                .asString("");
        if (project.isEmpty()) {
            throw Refusal.badRequest("There is no such action.");
        }
        if (flavor.isPublic() && add) {
            throw Refusal.conflict("Can not add access to a public flavor.");
        }
        if (add == flavor.access().contains(project)) {
            throw add
                    ? Refusal.conflict("Flavor access already exists for flavor " + flavor.id() + " and project "
                            + project + " combination.")
                    : Refusal.notFound(
                            "Flavor access not found for " + flavor.id() + " / " + project + " combination.");
        }
        var projects = new TreeSet<>(flavor.access());
        if (add) {
            projects.add(project);
        } else {
            projects.remove(project);
        }
        return accessList(flavors.update(flavor.id(), old -> old.open(projects)).orElse(flavor));
    }

    private static Answer accessList(Flavor flavor) {
        return Answer.ok(Json.object(
                "flavor_access",
                Json.array(flavor.access().stream()
                        .map(project ->
                                Json.object().put("flavor_id", flavor.id()).put("tenant_id", project))
                        .toList())));
    }

    private static Answer specs(Flavor flavor) {
        return Answer.ok(Json.object("extra_specs", Json.map(flavor.extraSpecs())));
    }

    private Answer addSpecs(Asked asked) {
        asked.requireAdmin("os-flavor-extra-specs:create");
        return specified(
                asked, asked.call().json().path("extra_specs") instanceof ObjectNode given ? given : Json.object());
    }

    private Answer specified(Asked asked, ObjectNode more) {
        var flavor = flavor(asked);
        var specs = new TreeMap<>(flavor.extraSpecs());
        more.propertyStream().forEach(entry -> {
            if (!entry.getKey().matches("[a-zA-Z0-9-_:. ]{1,255}")) {
                throw Refusal.badRequest("Invalid input for field/attribute extra_specs. Value: " + more + ". '"
                        + entry.getKey() + "' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'");
            }
            specs.put(entry.getKey(), entry.getValue().asString(""));
        });
        flavors.update(flavor.id(), old -> old.specified(specs));
        return Answer.ok(Json.object("extra_specs", more));
    }

    private static Answer spec(Asked asked, Flavor flavor) {
        String key = asked.call().variable("key");
        String value = flavor.extraSpecs().get(key);
        if (value == null) {
            throw noSpec(flavor, key);
        }
        return Answer.ok(Json.object().put(key, value));
    }

    private static Refusal noSpec(Flavor flavor, String key) {
        return Refusal.notFound("Flavor " + flavor.id() + " has no extra specs with key " + key + ".");
    }

    private Answer changeSpec(Asked asked) {
        asked.requireAdmin("os-flavor-extra-specs:update");
        String key = asked.call().variable("key");
        var body = asked.call().json();
        if (!body.has(key)) {
            throw Refusal.badRequest("Request body and URI mismatch");
        }
        specified(asked, Json.object().put(key, body.path(key).asString("")));
        return Answer.ok(Json.object().put(key, body.path(key).asString("")));
    }

    private Answer removeSpec(Asked asked) {
        asked.requireAdmin("os-flavor-extra-specs:delete");
        var flavor = flavor(asked);
        String key = asked.call().variable("key");
        var specs = new TreeMap<>(flavor.extraSpecs());
        if (specs.remove(key) == null) {
            throw noSpec(flavor, key);
        }
        flavors.update(flavor.id(), old -> old.specified(specs));
        return Answer.empty(200);
    }
}
