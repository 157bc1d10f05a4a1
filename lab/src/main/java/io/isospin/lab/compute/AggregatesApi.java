package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** {@code /os-aggregates}, for administrators. */
final class AggregatesApi {
    private final Instances instances;
    private final Hosts hosts;
    private final Clock clock;

    AggregatesApi(Instances instances, Hosts hosts, Clock clock) {
        this.instances = instances;
        this.hosts = hosts;
        this.clock = clock;
    }

    void mount(Mount mount) {
        mount.on("GET", "/os-aggregates", this::list);
        mount.on("POST", "/os-aggregates", this::create);
        mount.on("GET", "/os-aggregates/{id}", asked -> shown(asked, find(asked, "show")));
        mount.on("PUT", "/os-aggregates/{id}", this::change);
        mount.on("DELETE", "/os-aggregates/{id}", this::delete);
        mount.on("POST", "/os-aggregates/{id}/action", this::act);
    }

    private Answer list(Asked asked) {
        asked.requireAdmin("os-aggregates:index");
        return Answer.ok(Json.object(
                "aggregates",
                Json.array(hosts.aggregates().all().stream()
                        .map(one -> one.shown(asked.version()))
                        .toList())));
    }

    private Answer create(Asked asked) {
        asked.requireAdmin("os-aggregates:create");
        var body = asked.call().json().path("aggregate");
        String name = name(body);
        var metadata = new TreeMap<String, String>();
        zone(body).ifPresent(zone -> metadata.put(Aggregate.ZONE, zone));
        synchronized (hosts) {
            requireFree(name, -1);
            return shown(
                    asked,
                    hosts.aggregates()
                            .add(id -> new Aggregate(id, name, List.of(), metadata, now(), Optional.empty())));
        }
    }

    private Answer change(Asked asked) {
        var aggregate = find(asked, "update");
        var body = asked.call().json().path("aggregate");
        synchronized (hosts) {
            var changed = aggregate;
            if (body.has("name")) {
                String name = name(body);
                requireFree(name, aggregate.id());
                changed = changed.named(name, now());
            }
            if (body.has("availability_zone")) {
                var metadata = new TreeMap<>(changed.metadata());
                metadata.remove(Aggregate.ZONE);
                zone(body).ifPresent(zone -> metadata.put(Aggregate.ZONE, zone));
                requireSafe(changed, metadata, "Cannot update aggregate");
                changed = changed.metadata(metadata, now());
            }
            return put(asked, changed);
        }
    }

    private Answer delete(Asked asked) {
        var aggregate = find(asked, "delete");
        synchronized (hosts) {
            if (!aggregate.hosts().isEmpty()) {
                throw Refusal.badRequest("Cannot remove host from aggregate " + aggregate.id()
                        + ". Reason: Host aggregate is not empty.");
            }
            hosts.aggregates().remove(aggregate);
        }
        return Answer.empty(200);
    }

    private Answer act(Asked asked) {
        var body = asked.call().json();
        String action = body.propertyNames().stream().findFirst().orElse("");
        var about = body.path(action);
        var aggregate = find(asked, action);
        synchronized (hosts) {
            return switch (action) {
                case "add_host" -> put(asked, aggregate.with(toAdd(aggregate, about), now()));
                case "remove_host" -> put(asked, aggregate.without(toRemove(aggregate, about), now()));
                case "set_metadata" -> put(asked, aggregate.metadata(metadata(aggregate, about), now()));
                default -> throw Refusal.badRequest("There is no such action: " + action);
            };
        }
    }

    private String toAdd(Aggregate aggregate, JsonNode about) {
        String host = about.path("host").asString("");
        if (!hosts.contains(host)) {
            throw Refusal.notFound("Compute host " + host + " could not be found.");
        }
        if (aggregate.hosts().contains(host)) {
            throw Refusal.conflict("Aggregate " + aggregate.id() + " already has host " + host + ".");
        }
        String now = hosts.zone(host);
        if (aggregate.zone().filter(zone -> !zone.equals(now)).isPresent()) {
            if (!now.equals(Placement.ZONE)) {
                throw Refusal.conflict("Cannot add host to aggregate " + aggregate.id()
                        + ". Reason: One or more hosts already in availability zone(s) ['" + now + "'].");
            }
            requireEmpty(aggregate, List.of(host), "Cannot add host to aggregate");
        }
        return host;
    }

    private static String toRemove(Aggregate aggregate, JsonNode about) {
        String host = about.path("host").asString("");
        if (!aggregate.hosts().contains(host)) {
            throw Refusal.notFound("Aggregate " + aggregate.id() + " has no host " + host + ".");
        }
        return host;
    }

    /** What is null is taken away; what is not named stays. */
    private Map<String, String> metadata(Aggregate aggregate, JsonNode about) {
        var metadata = new TreeMap<>(aggregate.metadata());
        about.path("metadata").properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                metadata.remove(entry.getKey());
            } else {
                metadata.put(entry.getKey(), entry.getValue().asString(""));
            }
        });
        requireSafe(aggregate, metadata, "Cannot update metadata of aggregate");
        return metadata;
    }

    /** A zone stays as it is while there are instances in it. */
    private void requireSafe(Aggregate aggregate, Map<String, String> metadata, String what) {
        if (!aggregate.zone().equals(Optional.ofNullable(metadata.get(Aggregate.ZONE)))) {
            requireEmpty(aggregate, aggregate.hosts(), what);
        }
    }

    private void requireEmpty(Aggregate aggregate, List<String> of, String what) {
        if (instances.all().stream().anyMatch(instance -> of.contains(instance.host()))) {
            throw Refusal.badRequest(
                    what + " " + aggregate.id() + ". Reason: One or more hosts contain instances in this zone.");
        }
    }

    private Answer put(Asked asked, Aggregate changed) {
        return shown(asked, hosts.aggregates().update(changed, old -> changed).orElse(changed));
    }

    private Aggregate find(Asked asked, String action) {
        asked.requireAdmin("os-aggregates:" + action);
        String id = asked.call().variable("id");
        return hosts.aggregates()
                .find(id)
                .orElseThrow(() -> Refusal.notFound("Aggregate " + id + " could not be found."));
    }

    private void requireFree(String name, int but) {
        if (hosts.aggregates().all().stream()
                .anyMatch(one -> one.id() != but && one.name().equals(name))) {
            throw Refusal.conflict("Aggregate " + name + " already exists.");
        }
    }

    private static String name(JsonNode body) {
        String name = body.path("name").asString("");
        if (name.isBlank() || name.length() > 255) {
            throw Refusal.badRequest("Invalid input for field/attribute name. Value: " + name + ".");
        }
        return name;
    }

    private static Optional<String> zone(JsonNode body) {
        var zone = Optional.ofNullable(body.path("availability_zone").stringValue(null));
        if (zone.filter(text -> text.isBlank() || text.contains(":")).isPresent()) {
            throw Refusal.badRequest("Invalid input for field/attribute availability_zone. Value: " + zone.get() + ".");
        }
        return zone;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Answer shown(Asked asked, Aggregate aggregate) {
        return Answer.ok(Json.object("aggregate", aggregate.shown(asked.version())));
    }
}
