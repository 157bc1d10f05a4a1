package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.Instance.Label;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code /servers}: booted, listed, shown, changed and deleted. */
final class ServersApi {
    private final Instances instances;
    private final Boot boot;
    private final Builds builds;

    ServersApi(Instances instances, Boot boot, Builds builds) {
        this.instances = instances;
        this.boot = boot;
        this.builds = builds;
    }

    void mount(Mount mount) {
        mount.on("GET", "/servers", asked -> list(asked, false));
        mount.on("GET", "/servers/detail", asked -> list(asked, true));
        mount.on("POST", "/servers", this::create);
        mount.on(
                "GET",
                "/servers/{id}",
                asked -> Answer.ok(Json.object("server", view(asked).full(instances.of(asked), true))));
        mount.on("PUT", "/servers/{id}", this::change);
        mount.on("DELETE", "/servers/{id}", this::delete);
        mount.on(
                "GET",
                "/servers/{id}/ips",
                asked -> Answer.ok(Json.object("addresses", view(asked).addresses(instances.of(asked)))));
        mount.on("GET", "/servers/{id}/ips/{network}", this::addressesOn);
        mount.on("GET", "/servers/{id}/os-volume_attachments", asked -> nothing(asked, "volumeAttachments"));
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
            asked.requireAdmin(
                    request.placement().forced()
                            ? "servers:create:forced_host"
                            : "servers:create:requested_destination");
        }
        var made = boot.boot(request, asked);
        if (request.returnReservation()) {
            return Answer.json(
                    202, Json.object().put("reservation_id", made.getFirst().reservation()));
        }
        var first = made.getFirst();
        return Answer.json(202, Json.object("server", view(asked).created(first, Boot.password())))
                .header("Location", asked.call().origin() + "/v2.1/servers/" + first.id());
    }

    private Answer change(Asked asked) {
        var server = instances.of(asked);
        var body = asked.call().json().path("server");
        if (!body.isObject()) {
            throw Refusal.badRequest("Invalid input for field/attribute server. 'server' is a required property");
        }
        var changed = instances.label(server.id(), label -> changed(label, body, asked.version()));
        return Answer.ok(Json.object("server", view(asked).full(changed.orElse(server), true)));
    }

    private static Label changed(Label old, JsonNode body, Microversion version) {
        var label = old;
        var name = body.path("name");
        if (!name.isMissingNode()) {
            String text = name.asString("").strip();
            if (text.isEmpty() || text.length() > 255) {
                throw Refusal.badRequest("Invalid input for field/attribute name. Value: " + text + ". '" + text
                        + "' does not have 1 to 255 characters");
            }
            label = label.named(text);
        }
        if (version.from(19) && body.has("description")) {
            label = label.described(Optional.ofNullable(body.path("description").stringValue(null)));
        }
        if (version.from(90) && body.has("hostname")) {
            String hostname = body.path("hostname").asString("");
            if (!Hostname.valid(hostname)) {
                throw Refusal.badRequest("Invalid input for field/attribute hostname. Value: " + hostname + ". '"
                        + hostname + "' is not a host's name of at most 63 characters");
            }
            label = label.hosted(hostname);
        }
        return label;
    }

    private Answer delete(Asked asked) {
        var server = instances.unlocked(asked);
        builds.delete(server.id());
        return Answer.empty(204);
    }

    private Answer addressesOn(Asked asked) {
        String network = asked.call().variable("network");
        var addresses = view(asked).addresses(instances.of(asked)).path(network);
        if (addresses.isMissingNode()) {
            throw Refusal.notFound("Network name not found");
        }
        return Answer.ok(Json.object(network, addresses));
    }

    private Answer securityGroups(Asked asked) {
        instances.of(asked);
        var body = Json.object();
        body.putArray("security_groups").addObject().put("name", "default");
        return Answer.ok(body);
    }

    private Answer nothing(Asked asked, String key) {
        instances.of(asked);
        return Answer.ok(Json.object(key, Json.array()));
    }

    private static ServerView view(Asked asked) {
        return new ServerView(asked.version(), asked.links(), asked.caller().admin());
    }
}
