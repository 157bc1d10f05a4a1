package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Option.Kind;
import io.isospin.cli.grammar.Parsed;
import io.isospin.core.schema.Catalogue;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Agents: called by id alone, with a face for whether they live. */
final class AgentSubject extends Subject {
    private final List<String> columns;

    AgentSubject() {
        this(List.of());
    }

    /** @param columns those of a list; none for the resource's own */
    AgentSubject(List<String> columns) {
        super(Catalogue.AGENT, "agent");
        this.columns = columns;
    }

    @Override
    List<String> columns() {
        return columns.isEmpty() ? super.columns() : columns;
    }

    @Override
    boolean hasNames() {
        return false;
    }

    @Override
    int indent() {
        return 5;
    }

    @Override
    void extend(ArrayNode items, Parsed parsed, Networking networking) {
        for (var item : items) {
            if (item instanceof ObjectNode agent && agent.has("alive")) {
                agent.put("alive", agent.path("alive").asBoolean(false) ? ":-)" : "xxx");
            }
        }
    }

    @Override
    JsonNode listed(String attribute, JsonNode value) {
        return attribute.equals("heartbeat_timestamp") && value.isString()
                ? StringNode.valueOf(value.stringValue().replaceFirst("\\..*", ""))
                : super.listed(attribute, value);
    }

    @Override
    List<Option> updateOptions() {
        return List.of(
                Option.flag("--admin-state-down", "Set admin state up of the agent to false.")
                        .with(Kind.NO)
                        .into("admin_state_up"),
                DESCRIPTION);
    }

    @Override
    ObjectNode update(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("admin_state_up", parsed.value("admin_state_up").isEmpty());
        copy(parsed, body, "description");
        return body;
    }
}
