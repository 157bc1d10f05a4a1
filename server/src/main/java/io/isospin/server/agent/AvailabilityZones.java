package io.isospin.server.agent;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Segmentation;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/availability_zones}: where agents stand. A zone is there for networks once a DHCP agent is in it. */
public final class AvailabilityZones implements Handler {
    private static final Set<String> ATTRIBUTES =
            Segmentation.AVAILABILITY_ZONE.attributes().keySet();

    private static final Set<String> RESERVED =
            Set.of("fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir");

    private final Store store;
    private final Policy policy;

    public AvailabilityZones(Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    @Override
    public List<Operation> operations() {
        var zone = Segmentation.AVAILABILITY_ZONE;
        var query = new ArrayList<>(Operations.filters(zone));
        query.add(Operations.fields(zone));
        return List.of(Operations.list(zone).query(query));
    }

    @Override
    public Response handle(Request request) {
        if (request.path().size() > 1) {
            throw NotFound.page();
        }
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowed();
        }
        for (var name : request.query().keySet()) {
            if (!RESERVED.contains(name) && !ATTRIBUTES.contains(name)) {
                throw BadRequest.http("['" + name + "'] is invalid attribute for filtering");
            }
        }
        var fields = request.query().getOrDefault("fields", List.of()).stream()
                .filter(field -> !field.isEmpty())
                .toList();
        var body = JsonNodeFactory.instance.objectNode();
        var zones = body.putArray("availability_zones");
        var sight = policy.sight(Segmentation.AVAILABILITY_ZONE, request.caller());
        var seen = store.read(view -> sight.isBlind()
                ? List.<ObjectNode>of()
                : zones(view).stream().filter(zone -> sight.sees(view, zone)).toList());
        for (var zone : seen) {
            if (ATTRIBUTES.stream().allMatch(name -> wanted(request, zone, name))) {
                zones.add(fields.isEmpty() ? zone : zone.retain(fields));
            }
        }
        return Response.ok(body);
    }

    private static boolean wanted(Request request, ObjectNode zone, String name) {
        var values = request.query().getOrDefault(name, List.of());
        return values.isEmpty() || values.contains(text(zone, name));
    }

    private static List<ObjectNode> zones(View view) {
        var available = new TreeMap<String, Boolean>();
        for (var agent : Agents.all(view, Agents.DHCP)) {
            String zone = text(agent, "availability_zone");
            if (!zone.isEmpty()) {
                available.merge(zone, flag(agent, "admin_state_up"), Boolean::logicalOr);
            }
        }
        return available.entrySet().stream()
                .map(zone -> JsonNodeFactory.instance
                        .objectNode()
                        .put("name", zone.getKey())
                        .put("resource", "network")
                        .put("state", zone.getValue() ? "available" : "unavailable"))
                .toList();
    }
}
