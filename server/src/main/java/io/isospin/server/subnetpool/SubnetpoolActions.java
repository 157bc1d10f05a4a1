package io.isospin.server.subnetpool;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.Catalogue.SUBNETPOOL;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.PrefixSet;
import io.isospin.core.schema.ScalarTypes;
import io.isospin.core.schema.Schema;
import io.isospin.core.schema.StructuredTypes;
import io.isospin.server.api.Access;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Documents;
import io.isospin.server.api.Forbidden;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What can be done to a subnet pool beside changing it whole: prefixes come and go, a network's subnets join. */
public final class SubnetpoolActions {
    private static final Schema PREFIXES = Schema.of("object")
            .mustKey("prefixes", StructuredTypes.PREFIXES.schema().with("minItems", 1));

    private final Subnetpools subnetpools;
    private final Store store;
    private final Policy policy;
    private final Access access;

    public SubnetpoolActions(Subnetpools subnetpools, Store store, Policy policy) {
        this.subnetpools = subnetpools;
        this.store = store;
        this.policy = policy;
        this.access = new Access(SUBNETPOOL, policy);
    }

    /** By the segment of the path that asks for it. */
    public Map<String, MemberHandler> handlers() {
        return Map.of(
                "add_prefixes",
                put("add_prefixes", "Give it more prefixes", PREFIXES, PREFIXES, this::add),
                "remove_prefixes",
                put("remove_prefixes", "Take prefixes away that no subnet uses", PREFIXES, PREFIXES, this::remove),
                "onboard_network_subnets",
                put(
                        "onboard_network_subnets",
                        "Take in the subnets of a network",
                        Schema.of("object").mustKey("network_id", ScalarTypes.ID.schema()),
                        Schema.listOf(Schema.of("object")
                                .mustKey("id", ScalarTypes.ID.schema())
                                .mustKey("cidr", ScalarTypes.PREFIX.schema())),
                        this::onboard));
    }

    @FunctionalInterface
    private interface Action {
        Decision<JsonNode> decide(View view, Request request, ObjectNode pool, JsonNode body);
    }

    private MemberHandler put(String rule, String summary, Schema request, Schema answer, Action action) {
        var operation = Operation.of("PUT", "", rule.replace("prefixes", "subnetpool_prefixes"), summary)
                .ifMatch()
                .takes(request)
                .answers(200, answer);
        return new One(rule, operation, action);
    }

    /** One of the operations, which policy has a rule for. */
    private final class One implements MemberHandler {
        private final String rule;
        private final Operation operation;
        private final Action action;

        One(String rule, Operation operation, Action action) {
            this.rule = rule;
            this.operation = operation;
            this.action = action;
        }

        @Override
        public List<Operation> operations() {
            return List.of(operation);
        }

        @Override
        public Response handle(Request request, String id, List<String> rest) {
            if (!rest.isEmpty()) {
                throw NotFound.page();
            }
            if (!request.method().equals("PUT")) {
                throw new MethodNotAllowed();
            }
            var body = request.requiredBody();
            return Response.ok(
                    store.write(view -> action.decide(view, request, access.permitted(view, request, rule, id), body)));
        }
    }

    private Decision<JsonNode> add(View view, Request request, ObjectNode pool, JsonNode body) {
        var all = (ArrayNode) pool.path("prefixes").deepCopy();
        given(body).forEach(all::add);
        var values = JsonNodeFactory.instance.objectNode();
        values.set("prefixes", all);
        var decision = subnetpools.update(view, request.caller(), pool, values);
        return new Decision<>(decision.changes(), prefixes(decision.answer().path("prefixes")));
    }

    private Decision<JsonNode> remove(View view, Request request, ObjectNode document, JsonNode body) {
        var pool = new Subnetpool(document);
        var named = Subnetpool.parsed(given(body)).stream()
                .filter(prefix -> prefix.version() == pool.version())
                .toList();
        var gone = pool.prefixes().and(PrefixSet.of(named));
        if (gone.prefixes().stream()
                .anyMatch(prefix -> view.covering(pool.free(), prefix).isEmpty())) {
            throw SubnetpoolErrors.prefixes("One or more the prefixes to be removed is in use by a subnet.");
        }
        var changes = new ArrayList<Change>();
        gone.prefixes().forEach(prefix -> changes.add(new Change.Uncover(pool.free(), prefix)));
        Scopes.leave(pool.scope(), gone).forEach(changes::add);
        var rest = Subnetpool.document(pool.prefixes().minus(gone));
        var values = JsonNodeFactory.instance.objectNode();
        values.set("prefixes", rest);
        changes.addAll(Documents.updated(SUBNETPOOL, document, values, view.now()));
        return new Decision<>(changes, prefixes(rest));
    }

    private static JsonNode given(JsonNode body) {
        var prefixes = body.path("prefixes");
        if (!prefixes.isArray() || prefixes.isEmpty()) {
            throw BadRequest.http("Request body contains invalid data");
        }
        return SUBNETPOOL.attribute("prefixes").orElseThrow().convert(prefixes);
    }

    private static ObjectNode prefixes(JsonNode prefixes) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("prefixes", prefixes);
        return body;
    }

    private Decision<JsonNode> onboard(View view, Request request, ObjectNode document, JsonNode body) {
        if (!body.path("network_id").isString()) {
            throw BadRequest.input("network_id must be specified.");
        }
        var network = network(view, request, body.path("network_id").stringValue());
        var pool = new Subnetpool(document);
        var subnets = view
                .list(
                        SUBNET,
                        Query.where(new Condition.In(
                                SUBNET.attribute("network_id").orElseThrow(),
                                List.of(StringNode.valueOf(id(network))))))
                .stream()
                .filter(subnet ->
                        subnet.path("ip_version").asInt() == pool.version().number())
                .toList();
        var own = pool.prefixes();
        var all = new ArrayList<>(own.prefixes());
        var joins = new ArrayList<Change>();
        var answer = JsonNodeFactory.instance.arrayNode();
        for (var subnet : subnets) {
            var cidr = IpPrefix.parse(text(subnet, "cidr"));
            refuseAllocated(view, pool, own, subnet, cidr);
            all.add(cidr);
            Subnetpool.returned(subnet).forEach(joins::add);
            joins.addAll(pool.taken(cidr, text(subnet, "project_id")));
            var values = JsonNodeFactory.instance.objectNode();
            values.put("subnetpool_id", pool.id());
            joins.addAll(Documents.updated(SUBNET, subnet, values, view.now()));
            answer.addObject().put("id", id(subnet)).put("cidr", cidr.toString());
        }
        var values = JsonNodeFactory.instance.objectNode();
        values.set("prefixes", Subnetpool.document(PrefixSet.of(all)));
        var changes = new ArrayList<>(
                subnetpools.update(view, request.caller(), document, values).changes());
        changes.addAll(joins);
        if (!subnets.isEmpty()) {
            changes.addAll(Scopes.enters(view, network, pool.version(), pool.scope()));
        }
        return new Decision<>(changes, answer);
    }

    private ObjectNode network(View view, Request request, String id) {
        var network = view.get(NETWORK, id)
                .filter(one -> policy.sees(view, NETWORK, request.caller(), one))
                .orElseThrow(() -> NotFound.of(NETWORK, id));
        if (!request.caller().isAdmin()
                && !text(network, "project_id").equals(request.caller().project())) {
            throw new Forbidden("NotAuthorized", "Not authorized.");
        }
        return network;
    }

    /** Addresses that the pool has already must be free there. */
    private static void refuseAllocated(View view, Subnetpool pool, PrefixSet own, ObjectNode subnet, IpPrefix cidr) {
        var inside = own.and(PrefixSet.of(List.of(cidr)));
        if (inside.prefixes().stream()
                .anyMatch(prefix -> view.covering(pool.free(), prefix).isEmpty())) {
            throw SubnetpoolErrors.update("Onboarding subnet " + id(subnet) + ": " + cidr
                    + " conflicts with allocated prefixes in subnet pool " + pool.id());
        }
    }
}
