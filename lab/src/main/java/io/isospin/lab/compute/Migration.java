package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.http.Json;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A move of a server from one host to another.
 *
 * @param before in which state the server was, to which a move that is reverted brings it back
 */
record Migration(
        int number,
        ResourceId id,
        ResourceId server,
        boolean live,
        String source,
        String destination,
        Status status,
        Instance.State before,
        String userId,
        String projectId,
        Instant created,
        Instant updated) {

    /** In Nova's words, in lower case. */
    enum Status {
        PREPARING,
        RUNNING,
        COMPLETED,
        FINISHED,
        CONFIRMED,
        REVERTED,
        ERROR;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean over() {
            return this != PREPARING && this != RUNNING;
        }
    }

    Migration to(String host) {
        return new Migration(
                number, id, server, live, source, host, status, before, userId, projectId, created, updated);
    }

    Migration is(Status next, Instant now) {
        return new Migration(
                number, id, server, live, source, destination, next, before, userId, projectId, created, now);
    }

    ObjectNode json() {
        return Json.object()
                .put("number", number)
                .put("id", id.value())
                .put("server", server.value())
                .put("live", live)
                .put("source", source)
                .put("destination", destination)
                .put("status", status.name())
                .put("before", before.name())
                .put("user", userId)
                .put("project", projectId)
                .put("created", created.toString())
                .put("updated", updated.toString());
    }

    static Migration read(JsonNode node) {
        return new Migration(
                node.path("number").asInt(0),
                new ResourceId(node.path("id").asString("")),
                new ResourceId(node.path("server").asString("")),
                node.path("live").asBoolean(false),
                node.path("source").asString(""),
                node.path("destination").asString(""),
                Status.valueOf(node.path("status").asString("")),
                Instance.State.valueOf(node.path("before").asString("")),
                node.path("user").asString(""),
                node.path("project").asString(""),
                InstanceJson.time(node.path("created").asString("")),
                InstanceJson.time(node.path("updated").asString("")));
    }
}
