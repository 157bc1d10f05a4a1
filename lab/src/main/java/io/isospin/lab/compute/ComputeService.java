package io.isospin.lab.compute;

import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Routes;
import io.isospin.lab.http.Service;
import io.isospin.lab.identity.Token;
import io.isospin.lab.identity.Tokens;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Compute over HTTP: versions, who asks, and the way to what is asked. */
public final class ComputeService implements Service {
    // Clients of old put their project between the version and the resource.
    private static final Pattern PROJECT_IN_PATH =
            Pattern.compile("^/v2\\.1/(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)");

    /** One request to compute, with who asks, the version that counts, and the id under which it is logged. */
    record Asked(Call call, Token caller, Microversion version, String request) {
        Links links() {
            return new Links(call.origin());
        }

        void requireAdmin(String rule) {
            if (!caller.admin()) {
                throw Refusal.forbidden("Policy doesn't allow os_compute_api:" + rule + " to be performed.");
            }
        }
    }

    /** Answers a request of a known caller. */
    interface Resource {
        Answer answer(Asked asked);
    }

    /** Adds resources below {@code /v2.1}. */
    interface Mount {
        void on(String method, String template, Resource resource);
    }

    private final Tokens tokens;
    private final Routes routes = new Routes();

    ComputeService(Tokens tokens, List<Consumer<Mount>> resources) {
        this.tokens = tokens;
        routes.get("/", call -> Answer.ok(versions(call)));
        routes.get("/v2.1", call -> Answer.ok(Json.object("version", version(call, true))));
        resources.forEach(resource -> resource.accept(this::mount));
    }

    private void mount(String method, String template, Resource resource) {
        routes.on(method, "/v2.1" + template, call -> {
            var caller = call.header("x-auth-token").flatMap(tokens::find).orElseThrow(Refusal::unauthorized);
            if (caller.projectId().isEmpty()) {
                throw Refusal.forbidden("Policy doesn't allow an unscoped token to use compute.");
            }
            String request = "req-" + UUID.randomUUID();
            return resource.answer(new Asked(call, caller, Microversion.of(call), request))
                    .header("x-openstack-request-id", request)
                    .header("x-compute-request-id", request);
        });
    }

    @Override
    public Answer answer(Call call) {
        var inner = call.at(PROJECT_IN_PATH.matcher(call.path()).replaceFirst("/v2.1"));
        var answer = routes.answer(inner).orElseThrow(() -> Refusal.notFound("The resource could not be found."));
        return versioned(answer, Microversion.of(call).toString());
    }

    @Override
    public Answer refused(Call call, Refusal refusal) {
        int status = refusal.status();
        var body = Json.object().put("code", status).put("message", refusal.message());
        if (status == 401) {
            return Answer.json(status, Json.object("error", body.put("title", "Unauthorized")))
                    .header("WWW-Authenticate", "Keystone uri='http://" + call.host() + ":5000'");
        }
        String kind = switch (status) {
            case 400 -> "badRequest";
            case 403 -> "forbidden";
            case 404 -> "itemNotFound";
            case 405 -> "badMethod";
            case 409 -> "conflictingRequest";
            case 413, 429 -> "overLimit";
            case 501 -> "notImplemented";
            case 503 -> "serviceUnavailable";
            default -> "computeFault";
        };
        var answer = Answer.json(status, Json.object(kind, body));
        return status == 406 ? answer : versioned(answer, Microversion.MIN.toString());
    }

    private static Answer versioned(Answer answer, String version) {
        return answer.header("OpenStack-API-Version", "compute " + version)
                .header("X-OpenStack-Nova-API-Version", version)
                .header("Vary", "OpenStack-API-Version, X-OpenStack-Nova-API-Version");
    }

    private static ObjectNode versions(Call call) {
        var body = Json.object();
        body.putArray("versions").add(version(call, false));
        return body;
    }

    private static ObjectNode version(Call call, boolean alone) {
        var version = Json.object()
                .put("id", "v2.1")
                .put("status", "CURRENT")
                .put("version", Microversion.MAX.toString())
                .put("min_version", Microversion.MIN.toString())
                .put("updated", "2013-07-23T11:33:21Z");
        version.putArray("links").addObject().put("rel", "self").put("href", call.origin() + "/v2.1/");
        if (alone) {
            version.putArray("media-types")
                    .addObject()
                    .put("base", "application/json")
                    .put("type", "application/vnd.openstack.compute+json;version=2.1");
        }
        return version;
    }
}
