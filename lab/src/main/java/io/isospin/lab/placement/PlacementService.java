package io.isospin.lab.placement;

import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Routes;
import io.isospin.lab.http.Service;
import io.isospin.lab.identity.Directory;
import io.isospin.lab.identity.Tokens;
import java.util.List;

/** Placement over HTTP: its version, and the compute hosts as resource providers. */
public final class PlacementService implements Service {
    private static final String VERSION = "1.0";

    private final Tokens tokens;
    private final List<String> hosts;
    private final Routes routes = new Routes();

    public PlacementService(Tokens tokens, List<String> hosts) {
        this.tokens = tokens;
        this.hosts = List.copyOf(hosts);
        routes.get("/", this::version).get("/resource_providers", this::providers);
    }

    @Override
    public Answer answer(Call call) {
        return routes.answer(call)
                .orElseThrow(() -> Refusal.notFound("The resource could not be found."))
                .header("OpenStack-API-Version", "placement " + VERSION)
                .header("Vary", "OpenStack-API-Version");
    }

    @Override
    public Answer refused(Call call, Refusal refusal) {
        var errors = Json.object();
        errors.putArray("errors")
                .addObject()
                .put("status", refusal.status())
                .put("title", refusal.status() == 404 ? "Not Found" : "Error")
                .put("detail", refusal.message())
                .put("code", "placement.undefined_code");
        return Answer.json(refusal.status(), errors);
    }

    private Answer version(Call call) {
        var body = Json.object();
        var version = body.putArray("versions")
                .addObject()
                .put("id", "v1.0")
                .put("status", "CURRENT")
                .put("min_version", VERSION)
                .put("max_version", VERSION);
        version.putArray("links").addObject().put("rel", "self").put("href", "");
        return Answer.ok(body);
    }

    private Answer providers(Call call) {
        var caller = call.header("x-auth-token").flatMap(tokens::find).orElseThrow(Refusal::unauthorized);
        if (!caller.admin()) {
            throw Refusal.forbidden("You are not authorized to perform the requested action.");
        }
        var name = call.parameter("name");
        return Answer.ok(Json.object(
                "resource_providers",
                Json.array(hosts.stream()
                        .filter(host -> name.map(host::equals).orElse(true))
                        .map(host -> {
                            String hex = Directory.id("provider", host);
                            String uuid = hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
                            var node = Json.object()
                                    .put("uuid", uuid)
                                    .put("name", host)
                                    .put("generation", 1);
                            node.putArray("links")
                                    .addObject()
                                    .put("rel", "self")
                                    .put("href", "/resource_providers/" + uuid);
                            return node;
                        })
                        .toList())));
    }
}
