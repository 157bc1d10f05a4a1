package io.isospin.server.agent;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Bodies;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.FilterValues;
import io.isospin.server.api.Forbidden;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/agents}, for administrators. Whether an agent lives follows from the time, so it is not in the store. */
public final class AgentEndpoint implements Handler {
    private final Store store;
    private final Agents agents;
    private final BiFunction<View, ObjectNode, List<Change>> losing;
    private final Map<String, MemberHandler> below;

    /**
     * @param losing what the loss of an agent comes to beside itself
     * @param below what answers below one agent, by the segment of the path that asks for it
     */
    public AgentEndpoint(
            Store store,
            Agents agents,
            BiFunction<View, ObjectNode, List<Change>> losing,
            Map<String, MemberHandler> below) {
        this.store = store;
        this.agents = agents;
        this.losing = losing;
        this.below = Map.copyOf(below);
    }

    @Override
    public Response handle(Request request) {
        var path = request.path();
        if (path.size() == 1) {
            if (!request.method().equals("GET")) {
                throw new MethodNotAllowed();
            }
            return list(request);
        }
        if (!request.caller().isAdmin()) {
            if (path.size() > 2) {
                throw Forbidden.policy("rule:get_agent");
            }
            throw request.method().equals("GET") ? NotFound.hidden() : NotFound.page();
        }
        if (path.size() > 2) {
            var handler = below.get(path.get(2));
            if (handler == null) {
                throw NotFound.page();
            }
            return handler.handle(request, path.get(1), path.subList(3, path.size()));
        }
        String id = path.get(1);
        return switch (request.method()) {
            case "GET" -> Response.ok(member(request, store.read(view -> shown(agent(view, id), view.now()))));
            case "PUT" -> update(request, id);
            case "DELETE" -> store.write(view -> deletion(agent(view, id), view));
            default -> throw new MethodNotAllowed();
        };
    }

    @Override
    public List<Operation> operations() {
        var query = new ArrayList<>(Operations.filters(AGENT));
        query.add(Operations.fields(AGENT));
        var all = new ArrayList<Operation>();
        all.add(Operations.list(AGENT).query(query));
        all.add(Operations.show(AGENT));
        all.add(Operations.update(AGENT));
        all.add(Operations.delete(AGENT));
        below.forEach((name, handler) -> handler.operations()
                .forEach(operation -> all.add(operation.below(Operations.one(AGENT) + "/" + name))));
        return all;
    }

    private Response list(Request request) {
        var body = JsonNodeFactory.instance.objectNode();
        var found = body.putArray("agents");
        var filters = request.query();
        for (var name : filters.keySet()) {
            boolean known = AGENT.attribute(name).filter(one -> one.filter()).isPresent();
            if (!known
                    && !List.of("fields", "limit", "marker", "sort_key", "sort_dir", "page_reverse")
                            .contains(name)) {
                throw BadRequest.http("['" + name + "'] is invalid attribute for filtering");
            }
        }
        // Neutron drops from a list what policy denies, and policy denies all of it.
        if (!request.caller().isAdmin()) {
            return Response.ok(body);
        }
        var wanted = new HashMap<String, List<JsonNode>>();
        filters.forEach((name, texts) ->
                AGENT.attribute(name).ifPresent(attribute -> wanted.put(name, FilterValues.of(attribute, texts))));
        store.read(view -> {
            for (var agent : view.list(AGENT, Query.ALL)) {
                var shown = shown(agent, view.now());
                if (matches(shown, wanted)) {
                    found.add(fields(request, shown));
                }
            }
            return found;
        });
        return Response.ok(body);
    }

    private static boolean matches(ObjectNode agent, Map<String, List<JsonNode>> wanted) {
        return wanted.entrySet().stream().allMatch(filter -> filter.getValue().contains(agent.path(filter.getKey())));
    }

    private Response update(Request request, String id) {
        var values = Bodies.put(AGENT, request.requiredBody());
        var after = store.write(view -> {
            var current = agent(view, id);
            var next = current.deepCopy();
            next.setAll(values);
            return new Decision<>(List.of(news(current, next)), shown(next, view.now()));
        });
        return Response.ok(member(request, after));
    }

    /** Hosts are told of an agent that is switched on or off; a description is nobody's news. */
    private static Change news(ObjectNode current, ObjectNode next) {
        var before = current.path("admin_state_up");
        return before.equals(next.path("admin_state_up"))
                ? new Change.Touch(AGENT, next)
                : new Change.Update(AGENT, next, Map.of("admin_state_up", before));
    }

    private Decision<Response> deletion(ObjectNode agent, View view) {
        var changes = new ArrayList<>(losing.apply(view, agent));
        changes.add(new Change.Delete(AGENT, agent));
        return new Decision<>(changes, Response.noContent());
    }

    private static ObjectNode agent(View view, String id) {
        return view.get(AGENT, id).orElseThrow(() -> NotFound.of(AGENT, id));
    }

    /** An agent as clients see it. */
    public ObjectNode shown(ObjectNode agent, Instant now) {
        var out = JsonNodeFactory.instance.objectNode();
        for (var name : AGENT.attributes().keySet()) {
            if (name.equals("alive")) {
                out.put("alive", agents.isAlive(agent, now));
            } else {
                JsonNode value = agent.get(name);
                out.set(name, value == null ? JsonNodeFactory.instance.nullNode() : value);
            }
        }
        return out;
    }

    private static ObjectNode member(Request request, ObjectNode agent) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("agent", fields(request, agent));
        return body;
    }

    private static ObjectNode fields(Request request, ObjectNode agent) {
        var wanted = request.query().getOrDefault("fields", List.of());
        if (!wanted.isEmpty()) {
            agent.retain(wanted);
        }
        return agent;
    }

    /** For logs: which agent a document is. */
    static String describe(ObjectNode agent) {
        return agent.path("agent_type").asString() + " on " + agent.path("host").asString() + " (" + id(agent) + ")";
    }
}
