package io.isospin.lab.compute;

import io.isospin.lab.compute.ActionLog.Action;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What was done to a server, and its moves. */
final class HistoryApi {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final Instances instances;
    private final ActionLog actions;
    private final Migrations migrations;

    HistoryApi(Instances instances, ActionLog actions, Migrations migrations) {
        this.instances = instances;
        this.actions = actions;
        this.migrations = migrations;
    }

    void mount(Mount mount) {
        mount.on("GET", "/servers/{id}/os-instance-actions", asked -> {
            var server = instances.of(asked);
            return Answer.ok(Json.object(
                    "instanceActions",
                    Json.array(actions.of(server.id()).stream()
                            .map(action -> brief(server, action, asked.version()))
                            .toList())));
        });
        mount.on("GET", "/servers/{id}/os-instance-actions/{request}", this::action);
        mount.on("GET", "/servers/{id}/migrations", asked -> {
            asked.requireAdmin("servers:migrations:index");
            var server = instances.of(asked);
            return Answer.ok(Json.object(
                    "migrations",
                    Json.array(migrations.all().stream()
                            .filter(one -> one.server().equals(server.id())
                                    && one.live()
                                    && !one.status().over())
                            .map(one -> shown(one, asked.version()))
                            .toList())));
        });
        mount.on("GET", "/os-migrations", this::all);
    }

    private Answer action(Asked asked) {
        var server = instances.of(asked);
        String request = asked.call().variable("request");
        var action = actions.of(server.id()).stream()
                .filter(one -> one.request().equals(request))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "Action for request_id " + request + " on instance " + server.id() + " not found"));
        var node = brief(server, action, asked.version());
        var events = node.putArray("events");
        // Who is no administrator sees the events from 2.51 on.
        if (asked.caller().admin() || asked.version().from(51)) {
            var event = events.addObject()
                    .put("event", action.event())
                    .put("start_time", TIME.format(action.started()))
                    .put("finish_time", action.finished().map(TIME::format).orElse(null))
                    .put(
                            "result",
                            action.finished()
                                    .map(end -> action.error().isEmpty() ? "Success" : "Error")
                                    .orElse(null));
            if (asked.caller().admin()) {
                event.put("traceback", action.error().orElse(null));
                if (asked.version().from(62)) {
                    event.put("host", action.host());
                }
            }
            if (asked.version().from(62)) {
                event.put("hostId", ServerView.hostId(server.projectId(), action.host()));
            }
            if (asked.version().from(84)) {
                event.put("details", action.error().orElse(null));
            }
        }
        return Answer.ok(Json.object("instanceAction", node));
    }

    private static ObjectNode brief(Instance server, Action action, Microversion version) {
        var node = Json.object()
                .put("action", action.name())
                .put("instance_uuid", server.id().value())
                .put("request_id", action.request())
                .put("user_id", action.user())
                .put("project_id", action.project())
                .put("start_time", TIME.format(action.started()))
                .put("message", action.error().isPresent() ? "Error" : null);
        return version.from(58)
                ? node.put("updated_at", TIME.format(action.finished().orElse(action.started())))
                : node;
    }

    private Answer all(Asked asked) {
        asked.requireAdmin("os-migrations:index");
        var call = asked.call();
        return Answer.ok(Json.object(
                "migrations",
                Json.array(migrations.all().stream()
                        .filter(one -> is(call.parameter("status"), one.status().word()))
                        .filter(one ->
                                is(call.parameter("instance_uuid"), one.server().value()))
                        .filter(one -> is(call.parameter("migration_type"), type(one)))
                        .filter(one -> call.parameter("host")
                                .map(host -> one.source().equals(host)
                                        || one.destination().equals(host))
                                .orElse(true))
                        .map(one -> shown(one, asked.version()))
                        .toList())));
    }

    private static boolean is(Optional<String> wanted, String value) {
        return wanted.map(value::equals).orElse(true);
    }

    private static String type(Migration migration) {
        return migration.live() ? "live-migration" : "migration";
    }

    private static ObjectNode shown(Migration migration, Microversion version) {
        var node = Json.object()
                .put("id", migration.number())
                .put("instance_uuid", migration.server().value())
                .put("source_compute", migration.source())
                .put("source_node", migration.source())
                .put("dest_compute", migration.destination())
                .put("dest_node", migration.destination())
                .putNull("dest_host")
                .put("status", migration.status().word())
                .putNull("old_instance_type_id")
                .putNull("new_instance_type_id")
                .put("created_at", time(migration.created()))
                .put("updated_at", time(migration.updated()));
        if (version.from(23)) {
            node.put("migration_type", type(migration));
        }
        if (version.from(59)) {
            node.put("uuid", migration.id().value());
        }
        if (version.from(80)) {
            node.put("user_id", migration.userId()).put("project_id", migration.projectId());
        }
        return node;
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }
}
