package io.isospin.server.availability;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.PythonText;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.ScalarTypes;
import io.isospin.core.schema.Schema;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Parameter;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Query.Sort;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code /v2.0/network-ip-availabilities}: computed from subnets and the claims on addresses. */
public final class IpAvailability implements Handler {
    private static final Map<String, String> NETWORK_FILTERS =
            Map.of("network_id", "id", "network_name", "name", "tenant_id", "project_id", "project_id", "project_id");
    /** Keys that name no network. An answer is never cut into pages: a client takes it for the last one. */
    private static final Set<String> OTHERS =
            Set.of("fields", "ip_version", "sort_key", "sort_dir", "limit", "marker", "page_reverse");
    /** As many networks as one query asks about. */
    private static final int BATCH = 200;

    /** What policy calls it. */
    private static final Resource RESOURCE =
            Resource.of("network_ip_availability", "network_ip_availabilities", false, List.of());

    /** Counts of addresses can be as large as IPv6. */
    private static final Schema COUNT = Schema.of("integer").with("minimum", 0);

    private static final Schema SHOWN = Schema.of("object")
            .key("network_id", ScalarTypes.ID.schema())
            .key("network_name", Schema.of("string"))
            .key("tenant_id", Schema.of("string"))
            .key("project_id", Schema.of("string"))
            .key(
                    "subnet_ip_availability",
                    Schema.listOf(Schema.of("object")
                            .key("subnet_id", ScalarTypes.ID.schema())
                            .key("subnet_name", Schema.of("string"))
                            .key("ip_version", Schema.of("integer"))
                            .key("cidr", ScalarTypes.PREFIX.schema())
                            .key("used_ips", COUNT)
                            .key("total_ips", COUNT)))
            .key("used_ips", COUNT)
            .key("total_ips", COUNT);

    private final Store store;
    private final Policy policy;

    public IpAvailability(Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    @Override
    public List<Operation> operations() {
        var texts = Schema.listOf(Schema.of("string"));
        var filters = Stream.of("network_id", "network_name", "tenant_id", "project_id", "ip_version")
                .map(name -> new Parameter(name, texts, "Only those whose " + name + " is one of these."));
        var fields = new Parameter("fields", texts, "The attributes to show, in place of all.");
        var sort = List.of(
                new Parameter("sort_key", Schema.oneOf(List.of("network_id")), "What to sort by."),
                new Parameter("sort_dir", Schema.oneOf(List.of("asc", "desc")), "The direction of the sort_key."));
        return List.of(
                Operation.of("GET", "", "list_network_ip_availabilities", "List how many addresses networks have")
                        .query(Stream.concat(filters, Stream.concat(Stream.of(fields), sort.stream()))
                                .toList())
                        .answers(200, Schema.of("object").mustKey("network_ip_availabilities", Schema.listOf(SHOWN))),
                Operation.of(
                                "GET",
                                Operations.one(NETWORK),
                                "show_network_ip_availability",
                                "Show how many addresses a network has")
                        .query(List.of(fields))
                        .answers(200, Schema.of("object").mustKey("network_ip_availability", SHOWN)));
    }

    @Override
    public Response handle(Request request) {
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowed();
        }
        var path = request.path();
        if (path.size() > 2) {
            throw NotFound.page();
        }
        return path.size() == 1 ? list(request) : show(request, path.get(1));
    }

    private Response list(Request request) {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("network_ip_availabilities");
        var query = query(request);
        // Neutron drops from a list what policy denies.
        var sight = policy.sight(RESOURCE, request.caller());
        if (!sight.isBlind()) {
            var versions = request.query().getOrDefault("ip_version", List.of());
            store
                    .read(view -> of(view, view.list(NETWORK, query), versions).stream()
                            .filter(one -> sight.sees(view, one))
                            .toList())
                    .stream()
                    .map(one -> fields(request, one))
                    .forEach(list::add);
        }
        return Response.ok(body);
    }

    private Response show(Request request, String network) {
        var sight = policy.sight(RESOURCE, request.caller());
        if (sight.isBlind()) {
            throw NotFound.page();
        }
        var found =
                store.read(view -> of(
                                view,
                                List.of(view.get(NETWORK, network).orElseThrow(() -> NotFound.of(NETWORK, network))),
                                List.of())
                        .stream()
                        .filter(one -> sight.sees(view, one))
                        .toList());
        if (found.isEmpty()) {
            throw NotFound.page();
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.set("network_ip_availability", fields(request, found.getFirst()));
        return Response.ok(body);
    }

    private static Query query(Request request) {
        var unknown = request.query().keySet().stream()
                .filter(key -> !NETWORK_FILTERS.containsKey(key) && !OTHERS.contains(key))
                .map(PythonText::quote)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw BadRequest.http("[" + unknown + "] is invalid attribute for filtering");
        }
        var query = new Query(List.of(), sort(request), 0, null);
        for (var filter : NETWORK_FILTERS.entrySet()) {
            var values = request.query().get(filter.getKey());
            if (values != null) {
                query = query.and(in(NETWORK, filter.getValue(), values));
            }
        }
        return query;
    }

    /** By {@code network_id}, the one sort key. */
    private static List<Sort> sort(Request request) {
        var keys = request.query().getOrDefault("sort_key", List.of());
        var unknown = keys.stream()
                .filter(key -> !key.equals("network_id"))
                .map(PythonText::quote)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw BadRequest.http("[" + unknown + "] is invalid attribute for sort_keys");
        }
        boolean descending =
                request.parameter("sort_dir").filter("desc"::equals).isPresent();
        return keys.isEmpty()
                ? List.of()
                : List.of(new Sort(NETWORK.attribute("id").orElseThrow(), descending));
    }

    private static Condition in(Resource resource, String attribute, List<String> values) {
        return new Condition.In(
                resource.attribute(attribute).orElseThrow(),
                values.stream().<JsonNode>map(StringNode::valueOf).toList());
    }

    /** {@code versions}: the IP versions that were asked for, in text; empty for any. */
    private static List<ObjectNode> of(View view, List<ObjectNode> networks, List<String> versions) {
        var out = new ArrayList<ObjectNode>();
        for (int from = 0; from < networks.size(); from += BATCH) {
            var batch = networks.subList(from, Math.min(from + BATCH, networks.size()));
            var ids = batch.stream().map(network -> id(network)).toList();
            var subnets = new HashMap<String, List<Subnet>>();
            view.list(SUBNET, Query.where(in(SUBNET, "network_id", ids))).stream()
                    .map(Subnet::new)
                    .filter(subnet -> versions.isEmpty()
                            || versions.contains(
                                    Integer.toString(subnet.version().number())))
                    .forEach(subnet -> subnets.computeIfAbsent(subnet.networkId(), key -> new ArrayList<>())
                            .add(subnet));
            for (var network : batch) {
                var own = subnets.getOrDefault(id(network), List.of());
                if (versions.isEmpty() || !own.isEmpty()) {
                    out.add(availability(view, network, own));
                }
            }
        }
        return out;
    }

    private static ObjectNode availability(View view, ObjectNode network, List<Subnet> subnets) {
        var total = BigInteger.ZERO;
        int used = 0;
        var list = JsonNodeFactory.instance.arrayNode();
        for (var subnet : subnets) {
            var size = size(subnet);
            int claimed = view.claimed(subnet.id());
            list.addObject()
                    .put("subnet_id", subnet.id())
                    .put("ip_version", subnet.version().number())
                    .put("cidr", subnet.cidr().toString())
                    .put("subnet_name", text(subnet.document(), "name"))
                    .put("used_ips", claimed)
                    .put("total_ips", size);
            total = total.add(size);
            used += claimed;
        }
        var out = JsonNodeFactory.instance
                .objectNode()
                .put("network_id", id(network))
                .put("network_name", text(network, "name"))
                .put("tenant_id", text(network, "project_id"))
                .put("project_id", text(network, "project_id"));
        out.set("subnet_ip_availability", list);
        return out.put("used_ips", used).put("total_ips", total);
    }

    /** The addresses of the allocation pools; of a subnet that has none, all. */
    private static BigInteger size(Subnet subnet) {
        var ranges = subnet.pools().isEmpty() ? List.of(subnet.cidr().range()) : subnet.pools();
        return ranges.stream()
                .map(range ->
                        range.last().value().subtract(range.first().value()).add(BigInteger.ONE))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static ObjectNode fields(Request request, ObjectNode whole) {
        var fields = request.query().getOrDefault("fields", List.of());
        return fields.isEmpty() ? whole : whole.retain(fields);
    }
}
