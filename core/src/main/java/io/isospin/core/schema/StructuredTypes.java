package io.isospin.core.schema;

import io.isospin.core.net.IpAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Types of lists and dictionaries, with the messages of neutron-lib's {@code api/validators}. */
public final class StructuredTypes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Schema POOL =
            Schema.object().mustKey("start", ScalarTypes.ADDRESS.schema()).mustKey("end", ScalarTypes.ADDRESS.schema());

    private static final Schema ROUTE = Schema.object()
            .mustKey("destination", ScalarTypes.PREFIX.schema())
            .mustKey("nexthop", ScalarTypes.ADDRESS.schema());

    private static final Schema FIXED_IP = Schema.object()
            .key("subnet_id", ScalarTypes.ID.schema())
            .key("ip_address", ScalarTypes.ADDRESS.schema())
            .with("minProperties", 1);

    /** A dictionary of anything; null stands for an empty one. */
    public static final Type DICTIONARY = orNullAccepted(Schema.of("object"), value -> {
        if (value.isNull()) {
            return JSON.objectNode();
        }
        if (!value.isObject()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a dictionary");
        }
        return value;
    });

    /** {@code [{"start": address, "end": address}]}. */
    public static final Type ALLOCATION_POOLS = orNullAccepted(Schema.listOf(POOL), value -> {
        var pools = JSON.arrayNode();
        for (var pool : list(value, "IP pool")) {
            pools.add(dictionary(
                    pool, "IP pool", Set.of(), Map.of("start", ScalarTypes.ADDRESS, "end", ScalarTypes.ADDRESS)));
        }
        return pools;
    });

    /** A list of distinct addresses. */
    public static final Type NAMESERVERS =
            orNullAccepted(Schema.listOf(ScalarTypes.ADDRESS.schema()).distinct(), value -> {
                var servers = JSON.arrayNode();
                var seen = new HashSet<String>();
                for (var server : list(value, "nameserver")) {
                    if (!server.isString() || !IpAddress.isAddress(server.stringValue())) {
                        throw new InvalidValue("'" + PythonText.str(server) + "' is not a valid nameserver. '"
                                + PythonText.str(server) + "' is not a valid IP address");
                    }
                    String text = IpAddress.parse(server.stringValue()).toString();
                    if (!seen.add(text)) {
                        throw new InvalidValue("Duplicate nameserver '" + text + "'");
                    }
                    servers.add(text);
                }
                return servers;
            });

    /** {@code [{"destination": CIDR, "nexthop": address}]}, distinct. */
    public static final Type HOST_ROUTES = orNullAccepted(Schema.listOf(ROUTE).distinct(), value -> {
        var routes = JSON.arrayNode();
        var seen = new HashSet<JsonNode>();
        for (var route : list(value, "hostroute")) {
            var converted = dictionary(
                    route,
                    "hostroute",
                    Set.of(),
                    Map.of("destination", ScalarTypes.PREFIX, "nexthop", ScalarTypes.ADDRESS));
            if (!seen.add(converted)) {
                throw new InvalidValue("Duplicate hostroute '" + PythonText.str(route) + "'");
            }
            routes.add(converted);
        }
        return routes;
    });

    /** {@code [{"subnet_id": id, "ip_address": address}]}, either key alone too; distinct addresses. */
    public static final Type FIXED_IPS = orNullAccepted(Schema.listOf(FIXED_IP).distinct(), value -> {
        var ips = JSON.arrayNode();
        var seen = new HashSet<String>();
        for (var ip : list(value, "fixed IP")) {
            var converted = dictionary(
                    ip,
                    "fixed IP",
                    Set.of("subnet_id", "ip_address"),
                    Map.of("subnet_id", ScalarTypes.ID, "ip_address", ScalarTypes.ADDRESS));
            var address = converted.get("ip_address");
            if (address != null && !seen.add(address.stringValue())) {
                throw new InvalidValue("Duplicate IP address '" + address.stringValue() + "'");
            }
            ips.add(converted);
        }
        return ips;
    });

    /** A list of distinct texts of at most 255 characters. */
    public static final Type TAGS = listOf(ScalarTypes.text(255));

    /** Owners of devices, whole or their beginnings; what they are is for the rules of subnets. */
    public static final Type SERVICE_TYPES = orNullAccepted(
            Schema.listOf(Schema.pattern("^(network|neutron|compute|baremetal):", "compute:nova")), value -> value);

    /** A list of distinct prefixes. */
    public static final Type PREFIXES = listOf(ScalarTypes.PREFIX);

    private StructuredTypes() {}

    /** In requests null stands for an empty value. */
    private static Type orNullAccepted(Schema schema, Type.Conversion conversion) {
        return Type.of(schema, schema.orNull(), conversion);
    }

    /** A list of distinct values of one type. */
    public static Type listOf(Type item) {
        var schema = Schema.listOf(item.schema()).distinct();
        return Type.of(schema, Schema.listOf(item.accepted()).distinct(), value -> {
            if (!value.isArray()) {
                throw new InvalidValue("'" + PythonText.str(value) + "' is not a list");
            }
            var seen = new HashSet<JsonNode>();
            var twice = new LinkedHashSet<JsonNode>();
            value.forEach(one -> {
                if (!seen.add(one)) {
                    twice.add(one);
                }
            });
            if (!twice.isEmpty()) {
                throw new InvalidValue("Duplicate items in the list: '"
                        + twice.stream().map(PythonText::str).collect(Collectors.joining(", ")) + "'");
            }
            var items = JSON.arrayNode();
            value.forEach(one -> items.add(item.convert(one)));
            return items;
        });
    }

    private static ArrayNode list(JsonNode value, String what) {
        if (value.isNull()) {
            return JSON.arrayNode();
        }
        if (!value.isArray()) {
            throw new InvalidValue("Invalid data format for " + what + ": '" + PythonText.str(value) + "'");
        }
        return (ArrayNode) value;
    }

    private static ObjectNode dictionary(JsonNode value, String what, Set<String> optional, Map<String, Type> keys) {
        boolean complete = value.isObject()
                && keys.keySet().containsAll(value.propertyNames())
                && keys.keySet().stream().allMatch(key -> optional.contains(key) || value.has(key));
        if (!complete || value.isEmpty()) {
            throw new InvalidValue("Invalid data format for " + what + ": '" + PythonText.str(value) + "'");
        }
        var converted = JSON.objectNode();
        value.properties()
                .forEach(entry -> converted.set(
                        entry.getKey(),
                        keys.getOrDefault(entry.getKey(), DICTIONARY).convert(entry.getValue())));
        return converted;
    }
}
