package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits and quotas. The lab sets none: -1 is Nova's word for that. */
public final class QuotaApi {
    private static final int UNLIMITED = -1;

    private final Instances instances;

    QuotaApi(Instances instances) {
        this.instances = instances;
    }

    void mount(Mount mount) {
        mount.on("GET", "/limits", this::limits);
        mount.on("GET", "/os-quota-sets/{project}", asked -> quotas(asked, false));
        mount.on("GET", "/os-quota-sets/{project}/defaults", asked -> quotas(asked, false));
        mount.on("GET", "/os-quota-sets/{project}/detail", asked -> quotas(asked, true));
    }

    private Answer limits(Asked asked) {
        var used = used(asked.caller().projectId());
        var absolute = Json.object()
                .put("maxServerMeta", 128)
                .put("maxTotalInstances", UNLIMITED)
                .put("maxTotalCores", UNLIMITED)
                .put("maxTotalRAMSize", UNLIMITED)
                .put("maxTotalKeypairs", 0)
                .put("maxServerGroups", 0)
                .put("maxServerGroupMembers", 0)
                .put("totalInstancesUsed", used.getOrDefault("instances", 0))
                .put("totalCoresUsed", used.getOrDefault("cores", 0))
                .put("totalRAMUsed", used.getOrDefault("ram", 0))
                .put("totalServerGroupsUsed", 0);
        var limits = Json.object();
        limits.putArray("rate");
        limits.set("absolute", absolute);
        return Answer.ok(Json.object("limits", limits));
    }

    private Answer quotas(Asked asked, boolean detail) {
        String project = asked.call().variable("project");
        if (!project.equals(asked.caller().projectId())) {
            asked.requireAdmin("os-quota-sets:show");
        }
        var body = Json.object().put("id", project);
        used(project).forEach((name, count) -> {
            if (detail) {
                body.putObject(name)
                        .put("limit", UNLIMITED)
                        .put("in_use", count)
                        .put("reserved", 0);
            } else {
                body.put(name, UNLIMITED);
            }
        });
        return Answer.ok(Json.object("quota_set", body));
    }

    private Map<String, Integer> used(String project) {
        var own = instances.all().stream()
                .filter(i -> i.projectId().equals(project))
                .toList();
        var used = new LinkedHashMap<String, Integer>();
        used.put("instances", own.size());
        used.put("cores", own.stream().mapToInt(i -> i.flavor().vcpus()).sum());
        used.put("ram", own.stream().mapToInt(i -> i.flavor().ram()).sum());
        used.put("metadata_items", 0);
        used.put("key_pairs", 0);
        used.put("server_groups", 0);
        used.put("server_group_members", 0);
        return used;
    }
}
