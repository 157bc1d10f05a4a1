package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.keypair.KeyPair;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Kept;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Limits and quotas. */
final class QuotaApi {
    private final Instances instances;
    private final Quotas quotas;
    private final Kept<KeyPair> keys;

    QuotaApi(Instances instances, Quotas quotas, Kept<KeyPair> keys) {
        this.instances = instances;
        this.quotas = quotas;
        this.keys = keys;
    }

    void mount(Mount mount) {
        mount.on("GET", "/limits", this::limits);
        mount.on("GET", "/os-quota-sets/{project}", asked -> Answer.ok(shown(asked, quotas.of(project(asked)))));
        mount.on("GET", "/os-quota-sets/{project}/defaults", asked -> Answer.ok(shown(asked, quotas.ofAll())));
        mount.on("GET", "/os-quota-sets/{project}/detail", this::detail);
        mount.on("PUT", "/os-quota-sets/{project}", this::set);
        mount.on("DELETE", "/os-quota-sets/{project}", asked -> {
            asked.requireAdmin("os-quota-sets:delete");
            quotas.forget(asked.call().variable("project"));
            return Answer.empty(202);
        });
    }

    private Answer limits(Asked asked) {
        String project = asked.call()
                .parameter("tenant_id")
                .filter(named -> asked.caller().admin())
                .orElse(asked.caller().projectId());
        var used = Quotas.used(project, instances.all());
        var limit = quotas.of(project);
        var absolute = Json.object()
                .put("maxServerMeta", limit.get("metadata_items"))
                .put("maxTotalInstances", limit.get("instances"))
                .put("maxTotalCores", limit.get("cores"))
                .put("maxTotalRAMSize", limit.get("ram"))
                .put("maxTotalKeypairs", limit.get("key_pairs"))
                .put("maxServerGroups", limit.get("server_groups"))
                .put("maxServerGroupMembers", limit.get("server_group_members"))
                .put("totalInstancesUsed", used.get("instances"))
                .put("totalCoresUsed", used.get("cores"))
                .put("totalRAMUsed", used.get("ram"))
                .put("totalServerGroupsUsed", 0);
        var limits = Json.object();
        limits.putArray("rate");
        limits.set("absolute", absolute);
        return Answer.ok(Json.object("limits", limits));
    }

    private static String project(Asked asked) {
        String project = asked.call().variable("project");
        if (!project.equals(asked.caller().projectId())) {
            asked.requireAdmin("os-quota-sets:show");
        }
        return project;
    }

    private static ObjectNode shown(Asked asked, Map<String, Integer> limits) {
        var body = Json.object().put("id", asked.call().variable("project"));
        limits.forEach(body::put);
        return Json.object("quota_set", body);
    }

    private Answer detail(Asked asked) {
        String project = project(asked);
        var used = Quotas.used(project, instances.all());
        var body = Json.object().put("id", project);
        String user = asked.caller().user().id();
        used.put("key_pairs", (int)
                keys.all().stream().filter(key -> key.userId().equals(user)).count());
        quotas.of(project)
                .forEach((name, limit) -> body.putObject(name)
                        .put("limit", limit)
                        .put("in_use", used.getOrDefault(name, 0))
                        .put("reserved", 0));
        return Answer.ok(Json.object("quota_set", body));
    }

    private Answer set(Asked asked) {
        asked.requireAdmin("os-quota-sets:update");
        String project = asked.call().variable("project");
        var body = asked.call().json().path("quota_set");
        boolean force = body.path("force").asBoolean(false);
        var used = Quotas.used(project, instances.all());
        var changes = new LinkedHashMap<String, Integer>();
        body.propertyStream().filter(e -> !e.getKey().equals("force")).forEach(entry -> {
            String name = entry.getKey();
            String text = entry.getValue().asString("");
            if (!quotas.ofAll().containsKey(name)) {
                if (!name.equals("tenant_id")) {
                    throw Refusal.badRequest("Invalid input for field/attribute quota_set. Value: " + body
                            + ". Additional properties are not allowed ('" + name + "' was unexpected)");
                }
                return;
            }
            if (!text.matches("-1|\\d{1,9}")) {
                throw Refusal.badRequest("Invalid input for field/attribute " + name + ". Value: " + text + ". '" + text
                        + "' does not match '^-?[0-9]+$'");
            }
            int limit = Integer.parseInt(text);
            if (!force && limit >= 0 && limit < used.getOrDefault(name, 0)) {
                throw Refusal.badRequest("Quota limit " + limit + " for " + name
                        + " must be greater than or equal to already used and reserved " + used.get(name) + ".");
            }
            changes.put(name, limit);
        });
        quotas.set(project, changes);
        var answer = Json.object();
        quotas.of(project).forEach(answer::put);
        return Answer.ok(Json.object("quota_set", answer));
    }
}
