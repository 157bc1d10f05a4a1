package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Flavors, hypervisors, services and zones, and the events that Networking sends. */
public final class InventoryApi {
    private final Instances instances;
    private final HypervisorView hypervisors;
    private final VifEvents events;
    private final Builds builds;

    InventoryApi(Instances instances, HypervisorView hypervisors, VifEvents events, Builds builds) {
        this.instances = instances;
        this.hypervisors = hypervisors;
        this.events = events;
        this.builds = builds;
    }

    void mount(Mount mount) {
        mount.on("GET", "/flavors", asked -> flavors(asked, false));
        mount.on("GET", "/flavors/detail", asked -> flavors(asked, true));
        mount.on(
                "GET",
                "/flavors/{id}",
                asked -> Answer.ok(Json.object("flavor", flavorView(asked).full(flavor(asked)))));
        mount.on(
                "GET",
                "/flavors/{id}/os-extra_specs",
                asked -> Answer.ok(
                        Json.object("extra_specs", Json.map(flavor(asked).extraSpecs()))));
        mount.on("GET", "/os-hypervisors", asked -> hypervisors(asked, false));
        mount.on("GET", "/os-hypervisors/detail", asked -> hypervisors(asked, true));
        mount.on("GET", "/os-hypervisors/statistics", asked -> {
            asked.requireAdmin("os-hypervisors:statistics");
            return Answer.ok(Json.object("hypervisor_statistics", hypervisors.statistics(instances.all())));
        });
        mount.on("GET", "/os-hypervisors/{id}", this::hypervisor);
        mount.on("GET", "/os-services", asked -> {
            asked.requireAdmin("os-services:list");
            return Answer.ok(Json.object("services", Json.array(hypervisors.services(asked.version()))));
        });
        mount.on(
                "GET",
                "/os-availability-zone",
                asked -> Answer.ok(Json.object("availabilityZoneInfo", Json.array(List.of(hypervisors.zone(false))))));
        mount.on("GET", "/os-availability-zone/detail", asked -> {
            asked.requireAdmin("os-availability-zone:detail");
            return Answer.ok(Json.object("availabilityZoneInfo", Json.array(List.of(hypervisors.zone(true)))));
        });
        mount.on("GET", "/extensions", asked -> Answer.ok(Json.object("extensions", Json.array())));
        mount.on("GET", "/os-keypairs", asked -> Answer.ok(Json.object("keypairs", Json.array())));
        mount.on("GET", "/os-server-groups", asked -> Answer.ok(Json.object("server_groups", Json.array())));
        mount.on("GET", "/os-aggregates", asked -> Answer.ok(Json.object("aggregates", Json.array())));
        mount.on("POST", "/os-server-external-events", this::externalEvents);
    }

    private static Answer flavors(Asked asked, boolean detail) {
        var view = flavorView(asked);
        return Answer.ok(Json.object(
                "flavors",
                Json.array(Flavor.ALL.stream()
                        .map(flavor -> detail ? view.full(flavor) : view.brief(flavor))
                        .toList())));
    }

    private static Flavor flavor(Asked asked) {
        String id = asked.call().variable("id");
        return Flavor.find(id).orElseThrow(() -> Refusal.notFound("Flavor " + id + " could not be found."));
    }

    private static FlavorView flavorView(Asked asked) {
        return new FlavorView(asked.version(), asked.links());
    }

    private Answer hypervisors(Asked asked, boolean detail) {
        asked.requireAdmin("os-hypervisors:list" + (detail ? "-detail" : ""));
        var pattern = asked.call().parameter("hypervisor_hostname_pattern");
        return Answer.ok(Json.object(
                "hypervisors",
                Json.array(hypervisors.hosts().stream()
                        .filter(host -> pattern.map(host::contains).orElse(true))
                        .map(host -> detail
                                ? hypervisors.full(host, asked.version(), instances.all())
                                : hypervisors.brief(host, asked.version()))
                        .toList())));
    }

    private Answer hypervisor(Asked asked) {
        asked.requireAdmin("os-hypervisors:show");
        String id = asked.call().variable("id");
        return hypervisors.hosts().stream()
                .filter(host -> hypervisors
                        .brief(host, asked.version())
                        .path("id")
                        .asString()
                        .equals(id))
                .findFirst()
                .map(host ->
                        Answer.ok(Json.object("hypervisor", hypervisors.full(host, asked.version(), instances.all()))))
                .orElseThrow(() -> Refusal.notFound("Compute host " + id + " could not be found."));
    }

    /** Networking tells what became of ports: 200 where all servers are known, 207 where some are, else 404. */
    private Answer externalEvents(Asked asked) {
        if (!asked.caller().has("service")) {
            asked.requireAdmin("os-server-external-events:create");
        }
        var answers = new ArrayList<ObjectNode>();
        int known = 0;
        for (var event : asked.call().json().path("events")) {
            var server = server(event);
            server.ifPresent(instance -> deliver(instance, event));
            known += server.isPresent() ? 1 : 0;
            answers.add(Json.object()
                    .put("name", event.path("name").asString(""))
                    .put("server_uuid", event.path("server_uuid").asString(""))
                    .put("tag", event.path("tag").asString(""))
                    .put("status", server.isPresent() ? event.path("status").asString("completed") : "failed")
                    .put("code", server.isPresent() ? 200 : 404));
        }
        if (known == 0) {
            throw Refusal.notFound("No instances found for any event");
        }
        return Answer.json(known == answers.size() ? 200 : 207, Json.object("events", Json.array(answers)));
    }

    private Optional<Instance> server(JsonNode event) {
        String id = event.path("server_uuid").asString("");
        return id.matches("[0-9a-f-]{36}") ? instances.find(new ResourceId(id)) : Optional.empty();
    }

    private void deliver(Instance instance, JsonNode event) {
        String tag = event.path("tag").asString("");
        switch (event.path("name").asString("")) {
            case "network-vif-plugged" -> {
                if (tag.matches("[0-9a-f-]{36}")) {
                    events.deliver(
                            instance.id(),
                            new ResourceId(tag),
                            event.path("status").asString("completed").equals("completed"));
                }
            }
            // A port's addresses have changed, or it was deleted: clients see the new state.
            case "network-changed", "network-vif-deleted" -> builds.refresh(instance.id());
            default -> {} // network-vif-unplugged: nothing waits for it
        }
    }
}
