package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.http.Json;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was done to each server, by whom, and how it ended; the last {@value #MOST} of each. */
final class ActionLog {
    private static final int MOST = 50;

    /**
     * One thing that was done, which is one event of Nova's, such as {@code compute_stop_instance}.
     *
     * @param error what went wrong; empty where nothing did, or it is not finished
     */
    record Action(
            String request,
            String name,
            String event,
            String user,
            String project,
            Instant started,
            Optional<Instant> finished,
            Optional<String> error,
            String host) {
        Action ended(Instant now, Optional<String> why, String where) {
            return new Action(request, name, event, user, project, started, Optional.of(now), why, where);
        }
    }

    private record History(String server, List<Action> actions) {}

    private final Kept<History> kept;
    private final Clock clock;

    ActionLog(Shelf shelf, Clock clock) {
        this.kept = new Kept<>(shelf, "actions", History::server, ActionLog::write, ActionLog::read);
        this.clock = clock;
    }

    /** Newest first. */
    List<Action> of(ResourceId server) {
        return kept.find(server.value()).map(History::actions).orElse(List.of()).reversed();
    }

    /** Writes down that something begins. */
    void begin(ResourceId server, Asked asked, String name, String event) {
        var caller = asked.caller();
        var action = new Action(
                asked.request(),
                name,
                event,
                caller.user().id(),
                caller.projectId(),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                "");
        synchronized (kept) {
            var actions = new ArrayList<>(
                    kept.find(server.value()).map(History::actions).orElse(List.of()));
            actions.add(action);
            kept.put(new History(
                    server.value(), List.copyOf(actions.subList(Math.max(0, actions.size() - MOST), actions.size()))));
        }
    }

    /** Writes down how what the request began has ended, and where. */
    void end(ResourceId server, String request, Optional<String> error, String host) {
        UnaryOperator<Action> ended =
                action -> action.request().equals(request) && action.finished().isEmpty()
                        ? action.ended(clock.instant(), error, host)
                        : action;
        kept.update(
                server.value(),
                history -> new History(
                        history.server(), history.actions().stream().map(ended).toList()));
    }

    void forget(ResourceId server) {
        kept.remove(server.value());
    }

    private static ObjectNode write(History history) {
        var node = Json.object().put("server", history.server());
        node.set(
                "actions",
                Json.array(history.actions().stream()
                        .map(action -> Json.object()
                                .put("request", action.request())
                                .put("name", action.name())
                                .put("event", action.event())
                                .put("user", action.user())
                                .put("project", action.project())
                                .put("started", action.started().toString())
                                .put(
                                        "finished",
                                        action.finished().map(Instant::toString).orElse(null))
                                .put("error", action.error().orElse(null))
                                .put("host", action.host()))
                        .toList()));
        return node;
    }

    private static History read(JsonNode node) {
        return new History(
                node.path("server").asString(""),
                node.path("actions")
                        .valueStream()
                        .map(action -> new Action(
                                action.path("request").asString(""),
                                action.path("name").asString(""),
                                action.path("event").asString(""),
                                action.path("user").asString(""),
                                action.path("project").asString(""),
                                InstanceJson.time(action.path("started").asString("")),
                                Optional.ofNullable(action.path("finished").stringValue(null))
                                        .map(InstanceJson::time),
                                Optional.ofNullable(action.path("error").stringValue(null)),
                                action.path("host").asString("")))
                        .toList());
    }
}
