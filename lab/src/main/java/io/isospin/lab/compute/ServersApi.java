package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** {@code /servers} and what lies below one. */
public final class ServersApi {
    private final Instances instances;
    private final Boot boot;
    private final Builds builds;
    private final Networking networking;
    private final InstanceDriver driver;

    ServersApi(Instances instances, Boot boot, Builds builds, Networking networking, InstanceDriver driver) {
        this.instances = instances;
        this.boot = boot;
        this.builds = builds;
        this.networking = networking;
        this.driver = driver;
    }

    void mount(Mount mount) {
        mount.on("GET", "/servers", asked -> list(asked, false));
        mount.on("GET", "/servers/detail", asked -> list(asked, true));
        mount.on("POST", "/servers", this::create);
        mount.on(
                "GET",
                "/servers/{id}",
                asked -> Answer.ok(Json.object("server", view(asked).full(server(asked), true))));
        mount.on("PUT", "/servers/{id}", this::rename);
        mount.on("DELETE", "/servers/{id}", this::delete);
        mount.on("POST", "/servers/{id}/action", this::act);
        mount.on(
                "GET",
                "/servers/{id}/ips",
                asked -> Answer.ok(Json.object("addresses", view(asked).addresses(server(asked)))));
        mount.on(
                "GET",
                "/servers/{id}/metadata",
                asked ->
                        Answer.ok(Json.object("metadata", Json.map(server(asked).metadata()))));
        mount.on(
                "GET",
                "/servers/{id}/tags",
                asked ->
                        Answer.ok(Json.object("tags", Json.strings(server(asked).tags()))));
        mount.on("GET", "/servers/{id}/os-interface", this::interfaces);
        mount.on("POST", "/servers/{id}/os-interface", asked -> refuseChange(asked));
        mount.on("DELETE", "/servers/{id}/os-interface/{port}", asked -> refuseChange(asked));
        mount.on("GET", "/servers/{id}/os-volume_attachments", asked -> nothing(asked, "volumeAttachments"));
        mount.on("GET", "/servers/{id}/os-instance-actions", asked -> nothing(asked, "instanceActions"));
        mount.on("GET", "/servers/{id}/os-security-groups", this::securityGroups);
    }

    private Answer list(Asked asked, boolean detail) {
        var page = ServerQuery.read(asked).select(instances.all());
        var view = view(asked);
        var body = Json.object(
                "servers",
                Json.array(page.items().stream()
                        .map(instance -> detail ? view.full(instance, false) : view.brief(instance))
                        .toList()));
        page.next(asked.call())
                .ifPresent(next -> body.putArray("servers_links")
                        .addObject()
                        .put("rel", "next")
                        .put("href", next));
        return Answer.ok(body);
    }

    private Answer create(Asked asked) {
        var request = ServerRequest.read(asked.call().json(), asked.version());
        if (request.placement().host().isPresent()) {
            asked.requireAdmin("servers:create:forced_host");
        }
        var made = boot.boot(request, asked.caller());
        if (request.returnReservation()) {
            return Answer.json(
                    202, Json.object().put("reservation_id", made.getFirst().reservation()));
        }
        var first = made.getFirst();
        return Answer.json(202, Json.object("server", view(asked).created(first, Boot.password())))
                .header("Location", asked.call().origin() + "/v2.1/servers/" + first.id());
    }

    private Answer rename(Asked asked) {
        var server = server(asked);
        var name = asked.call().json().path("server").path("name");
        if (!name.isString() || name.asString().isBlank()) {
            throw Refusal.badRequest("Only the name of a server can be changed in the lab.");
        }
        var renamed = instances.update(server.id(), instance -> instance.renamed(name.asString()));
        return Answer.ok(Json.object(
                "server",
                view(asked).full(renamed.orElseThrow(() -> absent(server.id().value())), true)));
    }

    private Answer delete(Asked asked) {
        builds.delete(server(asked).id());
        return Answer.empty(204);
    }

    private Answer act(Asked asked) {
        var server = server(asked);
        var body = asked.call().json();
        String action = body.propertyNames().stream().findFirst().orElse("");
        if (!action.equals("os-getConsoleOutput")) {
            throw Refusal.notImplemented("The lab's compute service cannot do '" + action
                    + "' to a server yet; delete the server and boot another.");
        }
        if (server.host().isEmpty()) {
            throw Refusal.conflict("Instance " + server.id() + " is not ready");
        }
        return Answer.ok(Json.object()
                .put(
                        "output",
                        tail(
                                driver.console(server.guest()),
                                length(body.path(action).path("length").asString("")))));
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

    private Answer interfaces(Asked asked) {
        var server = server(asked);
        List<ObjectNode> attachments;
        try {
            attachments = networking
                    .ports(
                            asked.caller().secret(),
                            Map.of("device_id", server.id().value()))
                    .stream()
                    .map(ServersApi::attachment)
                    .toList();
        } catch (Networking.Failure failure) {
            throw new Refusal(failure.status() >= 500 ? 503 : failure.status(), failure.message());
        }
        return Answer.ok(Json.object("interfaceAttachments", Json.array(attachments)));
    }

    private static ObjectNode attachment(Networking.Port port) {
        var node = Json.object()
                .put("net_id", port.network().value())
                .put("port_id", port.id().value())
                .put("mac_addr", port.mac().toString())
                .put("port_state", port.status());
        node.set("fixed_ips", port.body().path("fixed_ips"));
        return node;
    }

    private Answer refuseChange(Asked asked) {
        server(asked);
        throw Refusal.notImplemented("The lab's compute service does not attach and detach interfaces yet; boot a"
                + " server with the interfaces that it needs.");
    }

    private Answer securityGroups(Asked asked) {
        server(asked);
        var body = Json.object();
        body.putArray("security_groups").addObject().put("name", "default");
        return Answer.ok(body);
    }

    private Answer nothing(Asked asked, String key) {
        server(asked);
        return Answer.ok(Json.object(key, Json.array()));
    }

    private static ServerView view(Asked asked) {
        return new ServerView(asked.version(), asked.links(), asked.caller().admin());
    }

    /** The server that the path names; another project's does not exist for those who are no administrators. */
    private Instance server(Asked asked) {
        String id = asked.call().variable("id");
        Optional<ResourceId> parsed = id.matches("[0-9a-f-]{36}") ? Optional.of(new ResourceId(id)) : Optional.empty();
        return parsed.flatMap(instances::find)
                .filter(instance -> asked.caller().admin()
                        || instance.projectId().equals(asked.caller().projectId()))
                .orElseThrow(() -> absent(id));
    }

    private static Refusal absent(String id) {
        return Refusal.notFound("Instance " + id + " could not be found.");
    }
}
