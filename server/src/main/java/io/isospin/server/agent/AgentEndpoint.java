package io.isospin.server.agent;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Query.Sort;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decides about agents. Whether one lives follows from the time, so it is not in the store. */
public final class AgentEndpoint implements Endpoint {
    private static final String ALIVE = "alive";
    private static final Attribute HEARTBEAT =
            AGENT.attribute("heartbeat_timestamp").orElseThrow();

    private final Agents agents;
    private final List<BiFunction<View, ObjectNode, List<Change>>> losing;

    /** {@code losing}: what the loss of an agent comes to beside itself. */
    public AgentEndpoint(Agents agents, List<BiFunction<View, ObjectNode, List<Change>>> losing) {
        this.agents = agents;
        this.losing = losing;
    }

    @Override
    public Resource resource() {
        return AGENT;
    }

    /** Agents come by their reports alone. */
    @Override
    public boolean creates() {
        return false;
    }

    @Override
    public Decision<ObjectNode> create(View view, Caller caller, ObjectNode values) {
        throw new MethodNotAllowed();
    }

    @Override
    public Decision<ObjectNode> update(View view, Caller caller, ObjectNode current, ObjectNode values) {
        var next = current.deepCopy();
        next.setAll(values);
        return new Decision<>(List.of(news(current, next)), completed(view, next));
    }

    /** Hosts are told of an agent that is switched on or off; a description is nobody's news. */
    private static Change news(ObjectNode current, ObjectNode next) {
        return current.path("admin_state_up").equals(next.path("admin_state_up"))
                ? new Change.Touch(AGENT, next)
                : Change.Update.of(AGENT, current, next);
    }

    @Override
    public Decision<ObjectNode> delete(View view, Caller caller, ObjectNode current) {
        var changes = new ArrayList<Change>();
        losing.forEach(loss -> changes.addAll(loss.apply(view, current)));
        changes.add(new Change.Delete(AGENT, current));
        return new Decision<>(changes, current);
    }

    @Override
    public boolean completes() {
        return true;
    }

    @Override
    public ObjectNode completed(View view, ObjectNode agent) {
        var out = JsonNodeFactory.instance.objectNode();
        for (var name : AGENT.attributes().keySet()) {
            if (name.equals(ALIVE)) {
                out.put(ALIVE, agents.isAlive(agent, view.now()));
            } else {
                JsonNode value = agent.get(name);
                out.set(name, value == null ? JsonNodeFactory.instance.nullNode() : value);
            }
        }
        return out;
    }

    /** Who lives is who has sent a heartbeat lately: so it is selected, and so it is sorted. */
    @Override
    public Query stored(View view, Query query) {
        var since = Agents.time(view.now().minus(agents.downAfter()));
        var conditions = query.conditions().stream()
                .map(condition -> condition instanceof Condition.In(var attribute, var values) && isAlive(attribute)
                        ? new Condition.Since(
                                HEARTBEAT,
                                since,
                                values.stream().map(one -> one.asBoolean(false)).toList())
                        : condition)
                .toList();
        var sort = query.sort().stream()
                .map(key -> isAlive(key.attribute()) ? new Sort(HEARTBEAT, key.descending()) : key)
                .toList();
        return new Query(conditions, sort, query.limit(), query.marker());
    }

    private static boolean isAlive(Attribute attribute) {
        return attribute.name().equals(ALIVE);
    }

    /** For logs: which agent a document is. */
    static String describe(ObjectNode agent) {
        return agent.path("agent_type").asString() + " on " + agent.path("host").asString() + " (" + id(agent) + ")";
    }
}
