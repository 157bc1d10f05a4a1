package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.Instance.Lock;
import io.isospin.lab.compute.Instance.State;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code POST /servers/{id}/action}: what can be done to a server, by the name of the body's only property. */
final class ServerActionsApi {
    private static final Map<String, String> POWER = Map.of(
            "os-stop", "stop",
            "os-start", "start",
            "pause", "pause",
            "unpause", "unpause",
            "suspend", "suspend",
            "resume", "resume");
    private static final Set<String> UNSUPPORTED = Set.of(
            "rebuild",
            "resize",
            "createImage",
            "createBackup",
            "shelve",
            "shelveOffload",
            "unshelve",
            "rescue",
            "unrescue",
            "evacuate",
            "changePassword",
            "restore",
            "trigger_crash_dump",
            "addSecurityGroup",
            "removeSecurityGroup");

    private final Instances instances;
    private final Builds builds;
    private final Power power;
    private final Moves moves;
    private final InstanceDriver driver;
    private final ActionLog actions;

    ServerActionsApi(
            Instances instances, Builds builds, Power power, Moves moves, InstanceDriver driver, ActionLog actions) {
        this.instances = instances;
        this.builds = builds;
        this.power = power;
        this.moves = moves;
        this.driver = driver;
        this.actions = actions;
    }

    void mount(Mount mount) {
        mount.on("POST", "/servers/{id}/action", this::act);
        mount.on("POST", "/servers/{id}/remote-consoles", asked -> {
            instances.of(asked);
            String type =
                    asked.call().json().path("remote_console").path("type").asString("");
            throw Refusal.badRequest("Unavailable console type " + type + ".");
        });
    }

    private Answer act(Asked asked) {
        var body = asked.call().json();
        String action = body.propertyNames().stream().findFirst().orElse("");
        var about = body.path(action);
        if (action.equals("os-getConsoleOutput")) {
            return console(instances.of(asked), about);
        }
        if (action.matches("os-get\\w+Console")) {
            instances.of(asked);
            throw Refusal.badRequest(
                    "Unavailable console type " + about.path("type").asString("") + ".");
        }
        var server = action.equals("lock") || action.equals("unlock") ? instances.of(asked) : instances.unlocked(asked);
        if (POWER.containsKey(action)) {
            power.begin(POWER.getOrDefault(action, ""), server.id(), asked);
            return Answer.empty(202);
        }
        if (UNSUPPORTED.contains(action)) {
            throw Refusal.notImplemented("The requested functionality is not supported: the lab's instances have no"
                    + " disk, and no '" + action + "'.");
        }
        switch (action) {
            case "reboot" -> power.reboot(server.id(), hard(about), asked);
            case "forceDelete" -> builds.delete(server.id());
            case "lock" -> lock(server, about, asked);
            case "unlock" -> unlock(server, asked);
            case "os-resetState" -> reset(server, about, asked);
            case "os-migrateLive" -> migrateLive(server, about, asked);
            case "migrate" -> {
                asked.requireAdmin("os-migrate-server:migrate");
                moves.cold(server, host(about, asked.version().from(56)), asked);
            }
            case "confirmResize" -> {
                moves.confirm(server, asked);
                return Answer.empty(204);
            }
            case "revertResize" -> moves.revert(server, asked);
            case "addFloatingIp", "removeFloatingIp", "addFixedIp", "removeFixedIp" ->
                throw Refusal.notFound("The resource could not be found.");
            default -> throw Refusal.badRequest("There is no such action: " + action);
        }
        return Answer.empty(202);
    }

    private static boolean hard(JsonNode about) {
        return switch (about.path("type").asString("")) {
            case "HARD", "hard", "Hard" -> true;
            case "SOFT", "soft", "Soft" -> false;
            default ->
                throw Refusal.badRequest("Invalid input for field/attribute type. Value: " + about.path("type")
                        + ". It is one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']");
        };
    }

    private void lock(Instance server, JsonNode about, Asked asked) {
        var reason = asked.version().from(73)
                ? Optional.ofNullable(about.path("locked_reason").stringValue(null))
                : Optional.<String>empty();
        label(server, asked, "lock", Optional.of(new Lock(reason)));
    }

    private void unlock(Instance server, Asked asked) {
        label(server, asked, "unlock", Optional.empty());
    }

    private void label(Instance server, Asked asked, String action, Optional<Lock> lock) {
        actions.begin(server.id(), asked, action, "api_" + action);
        instances.label(server.id(), label -> label.locked(lock));
        actions.end(server.id(), asked.request(), Optional.empty(), server.host());
    }

    private void reset(Instance server, JsonNode about, Asked asked) {
        asked.requireAdmin("os-admin-actions:reset_state");
        String state = about.path("state").asString("");
        if (!state.equals("active") && !state.equals("error")) {
            throw Refusal.badRequest("Invalid input for field/attribute state. Value: " + state + ". '" + state
                    + "' is not one of ['active', 'error']");
        }
        if (server.host().isEmpty() && state.equals("active")) {
            throw Refusal.conflict("Instance " + server.id() + " is on no host; delete it, and boot another.");
        }
        instances.update(server.id(), i -> state.equals("active") ? i.in(State.ACTIVE) : i.in(State.ERROR));
    }

    private void migrateLive(Instance server, JsonNode about, Asked asked) {
        asked.requireAdmin("os-migrate-server:migrate_live");
        if (!about.has("host") || !about.has("block_migration")) {
            throw Refusal.badRequest("Invalid input for field/attribute os-migrateLive. Value: " + about
                    + ". 'host' and 'block_migration' are required properties");
        }
        moves.live(server, host(about, true), asked);
    }

    private static Optional<String> host(JsonNode about, boolean known) {
        return known ? Optional.ofNullable(about.path("host").stringValue(null)) : Optional.empty();
    }

    private Answer console(Instance server, JsonNode about) {
        if (server.host().isEmpty()) {
            throw Refusal.conflict("Instance " + server.id() + " is not ready");
        }
        String text = driver.console(server.guest());
        return Answer.ok(Json.object()
                .put("output", tail(text, length(about.path("length").asString("")))));
    }

    /** The number of lines that are wanted; all where the text is empty or negative. */
    private static int length(String text) {
        if (text.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        if (!text.matches("-?\\d{1,9}")) {
            throw Refusal.badRequest(
                    "Invalid input for field/attribute length. Value: " + text + ". It must be a number of lines.");
        }
        int lines = Integer.parseInt(text);
        return lines < 0 ? Integer.MAX_VALUE : lines;
    }

    static String tail(String text, int lines) {
        var all = text.lines().toList();
        return all.stream()
                .skip(Math.max(0, all.size() - lines))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
