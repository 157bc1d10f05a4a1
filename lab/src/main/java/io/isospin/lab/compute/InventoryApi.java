package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hypervisors, services and zones. */
final class InventoryApi {
    private final Instances instances;
    private final Hosts hosts;
    private final HypervisorView hypervisors;

    InventoryApi(Instances instances, Hosts hosts, HypervisorView hypervisors) {
        this.instances = instances;
        this.hosts = hosts;
        this.hypervisors = hypervisors;
    }

    void mount(Mount mount) {
        mount.on("GET", "/os-hypervisors", asked -> hypervisors(asked, false));
        mount.on("GET", "/os-hypervisors/detail", asked -> hypervisors(asked, true));
        mount.on("GET", "/os-hypervisors/statistics", asked -> {
            asked.requireAdmin("os-hypervisors:statistics");
            return Answer.ok(Json.object("hypervisor_statistics", hypervisors.statistics(instances.all())));
        });
        mount.on("GET", "/os-hypervisors/{id}", this::hypervisor);
        mount.on("GET", "/os-services", this::services);
        mount.on("PUT", "/os-services/{id}", this::changeService);
        mount.on("PUT", "/os-services/enable", asked -> changeByHost(asked, "enabled"));
        mount.on("PUT", "/os-services/disable", asked -> changeByHost(asked, "disabled"));
        mount.on("PUT", "/os-services/disable-log-reason", asked -> changeByHost(asked, "disabled"));
        mount.on(
                "GET",
                "/os-availability-zone",
                asked -> Answer.ok(Json.object("availabilityZoneInfo", Json.array(hypervisors.zones(false)))));
        mount.on("GET", "/os-availability-zone/detail", asked -> {
            asked.requireAdmin("os-availability-zone:detail");
            return Answer.ok(Json.object("availabilityZoneInfo", Json.array(hypervisors.zones(true))));
        });
        mount.on("GET", "/extensions", asked -> Answer.ok(Json.object("extensions", Json.array())));
        mount.on("GET", "/os-server-groups", asked -> Answer.ok(Json.object("server_groups", Json.array())));
    }

    private Answer services(Asked asked) {
        asked.requireAdmin("os-services:list");
        var host = asked.call().parameter("host");
        var binary = asked.call().parameter("binary");
        return Answer.ok(Json.object(
                "services",
                Json.array(hypervisors.services(asked.version()).stream()
                        .filter(one ->
                                host.map(one.path("host").asString()::equals).orElse(true))
                        .filter(one -> binary.map(one.path("binary").asString()::equals)
                                .orElse(true))
                        .toList())));
    }

    /** From 2.53 on: by the service's id. */
    private Answer changeService(Asked asked) {
        asked.requireAdmin("os-services:update");
        String id = asked.call().variable("id");
        var service = hypervisors.services(asked.version()).stream()
                .filter(one -> one.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Compute service " + id + " could not be found."));
        var body = asked.call().json();
        change(service, body.path("status").asString(""), reason(body));
        return Answer.ok(Json.object(
                "service",
                hypervisors.services(asked.version()).stream()
                        .filter(one -> one.path("id").equals(service.path("id")))
                        .findFirst()
                        .orElse(service)));
    }

    /** Until 2.52: by host and binary. */
    private Answer changeByHost(Asked asked, String status) {
        asked.requireAdmin("os-services:update");
        var body = asked.call().json();
        String host = body.path("host").asString("");
        String binary = body.path("binary").asString("");
        var service = hypervisors.services(asked.version()).stream()
                .filter(one -> one.path("host").asString("").equals(host)
                        && one.path("binary").asString("").equals(binary))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Could not find binary " + binary + " on host " + host + "."));
        change(service, status, reason(body));
        var answer = Json.object().put("host", host).put("binary", binary).put("status", status);
        reason(body).ifPresent(text -> answer.put("disabled_reason", text));
        return Answer.ok(Json.object("service", answer));
    }

    private static Optional<String> reason(JsonNode body) {
        return Optional.ofNullable(body.path("disabled_reason").stringValue(null));
    }

    private void change(ObjectNode service, String status, Optional<String> reason) {
        String host = service.path("host").asString("");
        if (!hosts.contains(host)) {
            throw Refusal.badRequest("Updating a " + service.path("binary").asString("")
                    + " service is not supported. Only nova-compute services can be updated.");
        }
        switch (status) {
            case "enabled" -> hosts.enable(host);
            case "disabled" -> hosts.disable(host, reason);
            default ->
                throw Refusal.badRequest("Invalid input for field/attribute status. Value: " + status + ". '" + status
                        + "' is not one of ['enabled', 'disabled']");
        }
    }

    private Answer hypervisors(Asked asked, boolean detail) {
        asked.requireAdmin("os-hypervisors:list" + (detail ? "-detail" : ""));
        var pattern = asked.call().parameter("hypervisor_hostname_pattern");
        return Answer.ok(Json.object(
                "hypervisors",
                Json.array(hypervisors.hosts().stream()
                        .filter(host -> pattern.map(host::contains).orElse(true))
                        .map(host -> withServers(
                                asked,
                                host,
                                detail
                                        ? hypervisors.full(host, asked.version(), instances.all())
                                        : hypervisors.brief(host, asked.version())))
                        .toList())));
    }

    private ObjectNode withServers(Asked asked, String host, ObjectNode shown) {
        return asked.version().from(53) && asked.call().flag("with_servers")
                ? HypervisorView.withServers(shown, host, asked.version(), instances.all())
                : shown;
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
                .map(host -> Answer.ok(Json.object(
                        "hypervisor",
                        withServers(asked, host, hypervisors.full(host, asked.version(), instances.all())))))
                .orElseThrow(() -> Refusal.notFound("Compute host " + id + " could not be found."));
    }
}
