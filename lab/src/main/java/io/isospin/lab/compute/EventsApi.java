package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /os-server-external-events}: what Networking tells of the ports of servers. */
final class EventsApi {
    private final Instances instances;
    private final VifEvents events;
    private final Builds builds;

    EventsApi(Instances instances, VifEvents events, Builds builds) {
        this.instances = instances;
        this.events = events;
        this.builds = builds;
    }

    void mount(Mount mount) {
        mount.on("POST", "/os-server-external-events", this::externalEvents);
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
