package io.isospin.server.wiring;

import static io.isospin.core.schema.Wiring.WIRING;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostWiring;
import io.isospin.core.host.HostWiring.Part;
import io.isospin.core.net.ResourceId;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.Documents;
import io.isospin.server.store.Change;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a host's report of its devices comes to. Where nothing differs from what is stored, nothing is written. */
public final class Wirings {
    private Wirings() {}

    public static List<Change> taken(View view, String host, HostWiring wiring) {
        var changes = new ArrayList<Change>();
        Map<String, ObjectNode> left = wiring.whole() ? stored(view, host) : Map.of();
        for (var part : wiring.parts()) {
            String id = identify(host, part.network());
            var current =
                    wiring.whole() ? left.remove(id) : view.get(WIRING, id).orElse(null);
            changes.addAll(part(view, host, part, current));
        }
        left.values().forEach(gone -> changes.add(new Change.Delete(WIRING, gone)));
        return changes;
    }

    /**
     * What it takes when an agent is removed: a host's devices are known from its Linux bridge agent, or, where it has
     * none, from its last one.
     */
    public static List<Change> withoutAgent(View view, ObjectNode agent) {
        String host = text(agent, "host");
        boolean tells = text(agent, "agent_type").equals(Agents.LINUX_BRIDGE)
                || Agents.onHost(view, host).size() == 1;
        return !tells
                ? List.of()
                : stored(view, host).values().stream()
                        .<Change>map(document -> new Change.Delete(WIRING, document))
                        .toList();
    }

    private static List<Change> part(View view, String host, Part part, @Nullable ObjectNode current) {
        if (part.isEmpty()) {
            return current == null ? List.of() : List.of(new Change.Delete(WIRING, current));
        }
        var values = (ObjectNode) JsonMapper.shared().readTree(HostJson.bytes(part));
        values.put("host", host);
        if (part.network() == null) {
            values.putNull("network_id");
        }
        if (current != null) {
            return Documents.updated(WIRING, current, values, view.now());
        }
        var document = Documents.created(WIRING, values, view.now());
        document.put("id", identify(host, part.network()));
        return List.of(new Change.Insert(WIRING, document));
    }

    /** By id, the host's documents. */
    private static Map<String, ObjectNode> stored(View view, String host) {
        var byId = new LinkedHashMap<String, ObjectNode>();
        var ofHost = new Condition.In(WIRING.attribute("host").orElseThrow(), List.of(StringNode.valueOf(host)));
        view.list(WIRING, Query.where(ofHost)).forEach(document -> byId.put(id(document), document));
        return byId;
    }

    /** The same for a host and a network whenever it comes, so that nothing has to be looked up to find it. */
    static String identify(String host, @Nullable ResourceId network) {
        String name = host + "/" + (network == null ? "" : network.value());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
