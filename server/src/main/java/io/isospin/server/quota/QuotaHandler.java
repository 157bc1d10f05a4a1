package io.isospin.server.quota;

import io.isospin.core.schema.InvalidRequest;
import io.isospin.core.schema.PythonText;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Forbidden;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/quotas}: every project's own limits, one project's, the defaults, and how much is used. */
public final class QuotaHandler implements Handler {
    private final Store store;
    private final Quotas quotas;

    public QuotaHandler(Store store, Quotas quotas) {
        this.store = store;
        this.quotas = quotas;
    }

    @Override
    public Response handle(Request request) {
        var path = request.path();
        if (path.size() == 1) {
            return onlyGet(request, () -> all(request));
        }
        String project = path.get(1);
        if (path.size() == 2 && (project.equals("tenant") || project.equals("project"))) {
            return onlyGet(
                    request,
                    () -> Response.ok(JsonNodeFactory.instance
                            .objectNode()
                            .set(
                                    "tenant",
                                    JsonNodeFactory.instance
                                            .objectNode()
                                            .put("tenant_id", request.caller().project())
                                            .put("project_id", request.caller().project()))));
        }
        if (path.size() == 3 && path.get(2).equals("default")) {
            return onlyGet(request, () -> {
                own(request, project);
                return Response.ok(quota(numbers(quotas.defaults())));
            });
        }
        if (path.size() == 3 && path.get(2).startsWith("details")) {
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
            case "DELETE" -> {
                admin(request, "delete_quota");
                yield store.write(view -> new Decision<>(List.of(new Change.NoLimits(project)), Response.noContent()));
            }
            default -> throw new MethodNotAllowed();
        };
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
        admin(request, "get_quota");
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

    private Response details(Request request, String project) {
        own(request, project);
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

    private Response update(Request request, String project) {
        admin(request, "update_quota");
        if (!(request.requiredBody().path("quota") instanceof ObjectNode given)) {
            throw new InvalidRequest("Unable to find 'quota' in request body");
        }
        var changes = new ArrayList<Change>();
        given.properties().forEach(entry -> {
            if (!quotas.defaults().containsKey(entry.getKey())) {
                throw new InvalidRequest("Unrecognized attribute(s) '" + entry.getKey() + "'");
            }
            changes.add(new Change.Limit(project, entry.getKey(), limit(entry.getKey(), entry.getValue())));
        });
        return store.write(view -> {
            var limits = numbers(quotas.limits(view, project));
            given.properties().forEach(entry -> limits.put(entry.getKey(), limit(entry.getKey(), entry.getValue())));
            return new Decision<>(changes, Response.ok(quota(limits)));
        });
    }

    private static int limit(String name, JsonNode value) {
        try {
            int limit = value.isInt() ? value.intValue() : Integer.parseInt(value.asString(""));
            if (limit >= -1) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw notANumber(name, value);
        }
        throw notANumber(name, value);
    }

    private static BadRequest notANumber(String name, JsonNode value) {
        return BadRequest.http("Invalid input for " + name + ". Reason: '" + PythonText.str(value)
                + "' is not a valid limit: a whole number, or -1 for none.");
    }

    private static void own(Request request, String project) {
        if (!project.equals(request.caller().project())) {
            admin(request, "get_quota");
        }
    }

    private static void admin(Request request, String action) {
        if (!request.caller().isAdmin()) {
            throw Forbidden.policy("rule:" + action);
        }
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
