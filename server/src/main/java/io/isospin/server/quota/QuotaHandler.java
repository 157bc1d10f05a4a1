package io.isospin.server.quota;

import io.isospin.core.schema.InvalidRequest;
import io.isospin.core.schema.InvalidValue;
import io.isospin.core.schema.ScalarTypes;
import io.isospin.core.schema.Schema;
import io.isospin.core.schema.Type;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Forbidden;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/quotas}: every project's own limits, one project's, the defaults, and how much is used. */
public final class QuotaHandler implements Handler {
    private static final Type LIMIT = ScalarTypes.integer(-1, Integer.MAX_VALUE);
    /** What a body says beside limits: whether to look at what is used. Not to look is the rule. */
    private static final Set<String> HOW = Set.of("check_limit", "force");

    private final Store store;
    private final Quotas quotas;
    private final Policy policy;

    public QuotaHandler(Store store, Quotas quotas, Policy policy) {
        this.store = store;
        this.quotas = quotas;
        this.policy = policy;
    }

    @Override
    public Response handle(Request request) {
        var path = request.path();
        if (path.size() == 1) {
            return onlyGet(request, () -> all(request));
        }
        String project = path.get(1);
        if (path.size() == 2 && (project.equals("tenant") || project.equals("project"))) {
            return onlyGet(request, () -> callers(request, project));
        }
        if (path.size() == 3 && path.get(2).equals("default")) {
            return onlyGet(request, () -> {
                own(request, project);
                return Response.ok(quota(numbers(quotas.defaults())));
            });
        }
        if (path.size() == 3 && path.get(2).equals("details")) {
            return onlyGet(request, () -> details(request, project));
        }
        if (path.size() > 2) {
            throw NotFound.page();
        }
        return switch (request.method()) {
            case "GET" -> {
                own(request, project);
                yield Response.ok(quota(numbers(store.read(view -> quotas.limits(view, project)))));
            }
            case "PUT" -> update(request, project);
            case "DELETE" -> delete(request, project);
            default -> throw new MethodNotAllowed();
        };
    }

    @Override
    public List<Operation> operations() {
        var limits = Schema.of("object");
        var details = limits;
        var wanted = Schema.object();
        var count = Schema.integer().with("minimum", 0);
        var detail = Schema.of("object")
                .mustKey("limit", LIMIT.schema())
                .mustKey("used", count)
                .mustKey("reserved", count);
        for (var resource : quotas.defaults().keySet()) {
            limits = limits.mustKey(resource, LIMIT.schema());
            details = details.mustKey(resource, detail);
            wanted = wanted.key(resource, LIMIT.accepted());
        }
        for (var how : List.of("check_limit", "force")) {
            wanted = wanted.key(how, Schema.of("boolean"));
        }
        var text = Schema.of("string");
        var shown = Schema.of("object").mustKey("quota", limits);
        var everyones = Schema.listOf(limits.mustKey("project_id", text).mustKey("tenant_id", text));
        String one = "/{project_id}";
        return List.of(
                Operation.of("GET", "", "list_quotas", "List the projects that have limits of their own")
                        .answers(200, Schema.of("object").mustKey("quotas", everyones)),
                Operation.of("GET", one, "show_quota", "Show how many of each resource a project may have")
                        .answers(200, shown),
                Operation.of("PUT", one, "update_quota", "Give a project limits of its own; -1 is no limit")
                        .takes(Schema.object().mustKey("quota", wanted))
                        .answers(200, shown),
                Operation.of("DELETE", one, "delete_quota", "Let the defaults hold for a project again"),
                Operation.of("GET", one + "/default", "show_default_quota", "Show the defaults")
                        .answers(200, shown),
                Operation.of("GET", one + "/details", "show_quota_details", "Show limits and what is used of them")
                        .answers(200, Schema.of("object").mustKey("quota", details)),
                Operation.of("GET", "/tenant", "show_quota_tenant", "Show which project the caller asks for")
                        .answers(200, caller("tenant")),
                Operation.of("GET", "/project", "show_quota_project", "Show which project the caller asks for")
                        .answers(200, caller("project")));
    }

    private static Schema caller(String key) {
        return Schema.of("object").mustKey(key, Schema.of("object").mustKey(key + "_id", Schema.of("string")));
    }

    @FunctionalInterface
    private interface Answer {
        Response get();
    }

    private static Response onlyGet(Request request, Answer answer) {
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowed();
        }
        return answer.get();
    }

    private Response all(Request request) {
        allow(request, "get_quota");
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("quotas");
        store.read(view -> {
            view.limits()
                    .keySet()
                    .forEach(project -> list.add(numbers(quotas.limits(view, project))
                            .put("project_id", project)
                            .put("tenant_id", project)));
            return null;
        });
        return Response.ok(body);
    }

    /** Neutron asks no rule here, but whether it is an administrator. */
    private Response details(Request request, String project) {
        if (!project.equals(request.caller().project()) && !request.caller().isAdmin()) {
            throw new Forbidden(
                    "AdminRequired",
                    "User does not have admin privileges: Only admin is authorized to access quotas for another"
                            + " project.");
        }
        var details = JsonNodeFactory.instance.objectNode();
        store.read(view -> {
            quotas.limits(view, project)
                    .forEach((resource, limit) -> details.putObject(resource)
                            .put("limit", limit)
                            .put("used", view.used(project, resource))
                            .put("reserved", 0));
            return null;
        });
        return Response.ok(quota(details));
    }

    /** {@code key}: {@code tenant} or {@code project}, as the client calls it. */
    private static Response callers(Request request, String key) {
        String project = request.caller().project();
        if (project.isEmpty()) {
            throw new BadRequest("QuotaMissingTenant", "Tenant-id was missing from quota request.");
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject(key).put(key + "_id", project);
        return Response.ok(body);
    }

    private Response delete(Request request, String project) {
        allow(request, "delete_quota");
        return store.write(view -> {
            if (!view.limits().containsKey(project)) {
                throw new NotFound("TenantQuotaNotFound", "Quota for tenant " + project + " could not be found.");
            }
            return new Decision<>(List.of(new Change.NoLimits(project)), Response.noContent());
        });
    }

    private Response update(Request request, String project) {
        allow(request, "update_quota");
        if (!(request.requiredBody().path("quota") instanceof ObjectNode given)) {
            throw new InvalidRequest("Unable to find 'quota' in request body");
        }
        boolean checked = truth(given.path("check_limit"));
        var wanted = wanted(given);
        return store.write(view -> {
            if (checked) {
                wanted.forEach((resource, limit) -> refuseBelow(resource, limit, view.used(project, resource)));
            }
            var limits = quotas.limits(view, project);
            limits.putAll(wanted);
            var changes = wanted.entrySet().stream()
                    .<Change>map(entry -> new Change.Limit(project, entry.getKey(), entry.getValue()))
                    .toList();
            return new Decision<>(changes, Response.ok(quota(numbers(limits))));
        });
    }

    private Map<String, Integer> wanted(ObjectNode given) {
        var wanted = new LinkedHashMap<String, Integer>();
        var unknown = new ArrayList<String>();
        given.properties().forEach(entry -> {
            if (HOW.contains(entry.getKey())) {
                return;
            }
            if (quotas.defaults().containsKey(entry.getKey())) {
                wanted.put(entry.getKey(), limit(entry.getKey(), entry.getValue()));
            } else {
                unknown.add(entry.getKey());
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
        }
        return wanted;
    }

    private static int limit(String name, JsonNode value) {
        try {
            return LIMIT.convert(value).intValue();
        } catch (InvalidValue e) {
            throw new InvalidRequest("Invalid input for " + name + ". Reason: " + e.getMessage() + ".");
        }
    }

    private static boolean truth(JsonNode value) {
        return value.asBoolean(!value.asString("").isEmpty());
    }

    private static void refuseBelow(String resource, int limit, int used) {
        if (limit >= 0 && used > limit) {
            throw BadRequest.http("Quota limit " + limit + " for " + resource
                    + " must be greater than or equal to already used " + used);
        }
    }

    private void own(Request request, String project) {
        if (!project.equals(request.caller().project())) {
            allow(request, "get_quota");
        }
    }

    /** As Neutron asks: whose quota it is does not count. */
    private void allow(Request request, String rule) {
        String project = request.caller().project();
        policy.require(
                request.caller(),
                rule,
                JsonNodeFactory.instance.objectNode().put("project_id", project).put("tenant_id", project));
    }

    private static ObjectNode numbers(Map<String, Integer> limits) {
        var out = JsonNodeFactory.instance.objectNode();
        limits.forEach(out::put);
        return out;
    }

    private static ObjectNode quota(ObjectNode inner) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("quota", inner);
        return body;
    }
}
