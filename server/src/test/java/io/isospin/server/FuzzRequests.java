package io.isospin.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests as a description has them, with the little that a schema cannot say: what goes together. */
final class FuzzRequests {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final String NETWORKS = "/v2.0/networks";

    /** What only goes together with more than a schema says; a right request leaves most of it out. */
    private static final Map<String, Set<String>> DELICATE = Map.of(
            "network",
            Set.of(
                    "provider:network_type",
                    "provider:physical_network",
                    "provider:segmentation_id",
                    "segments",
                    "availability_zone_hints",
                    "mtu"),
            "subnet",
            Set.of(
                    "gateway_ip",
                    "allocation_pools",
                    "segment_id",
                    "prefixlen",
                    "use_default_subnetpool",
                    "subnetpool_id",
                    "ipv6_ra_mode",
                    "ipv6_address_mode",
                    "service_types",
                    "host_routes"),
            "port",
            Set.of("fixed_ips", "mac_address", "allowed_address_pairs", "dns_domain", "device_owner"),
            "subnetpool",
            Set.of(
                    "address_scope_id",
                    "default_prefixlen",
                    "min_prefixlen",
                    "max_prefixlen",
                    "is_default",
                    "default_quota"));

    private final JsonNode document;
    private final FuzzValues values;
    private final Random random;
    /** {@code METHOD /path/{variable}}; and of those the calls on collections and their members. */
    private final List<String> all;

    private final List<String> plain;

    FuzzRequests(Contract contract, FuzzValues values, Random random) {
        this.document = contract.document();
        this.values = values;
        this.random = random;
        this.all = contract.operations().stream()
                .filter(one -> one.contains("/v2.0/") && !one.endsWith("/v2.0/"))
                .sorted()
                .toList();
        this.plain = all.stream()
                .filter(one -> one.matches("(POST|PUT|GET) /v2.0/[a-z-]+(/\\{\\w+})?"))
                .toList();
    }

    /** {@code operation}: its description. */
    record Asked(String method, String template, String path, JsonNode operation) {}

    /** An operation of the description, with what its path may name. */
    Asked operation() {
        var parts = values.one(values.chance(0.75) ? plain : all).split(" ", 2);
        var item = document.path("paths").path(parts[1]);
        String path = VARIABLE.matcher(parts[1]).replaceAll(match -> variable(item, match.group(1)));
        return new Asked(parts[0], parts[1], path, item.path(parts[0].toLowerCase(Locale.ROOT)));
    }

    private String variable(JsonNode item, String name) {
        for (var parameter : item.path("parameters")) {
            String collection = parameter.path("x-isospin-collection").asString("");
            if (parameter.path("name").asString().equals(name) && !collection.isEmpty()) {
                var known = values.ids(collection);
                return known.isEmpty() ? "none" : values.one(known);
            }
        }
        return switch (name) {
            case "alias" -> "quotas";
            case "host" -> "host1";
            case "tag" -> values.one(List.of("red", "green"));
            default -> "project" + random.nextInt(3);
        };
    }

    /** A right body; null where the operation has none. */
    @Nullable
    JsonNode body(Asked asked) {
        var schema = asked.operation().at("/requestBody/content/application~1json/schema");
        if (schema.isMissingNode()) {
            return null;
        }
        var body = values.right(schema);
        body.properties().forEach(member -> {
            for (var attributes : member.getValue().isArray() ? member.getValue() : List.of(member.getValue())) {
                if (attributes instanceof ObjectNode object) {
                    sensible(member.getKey().replaceFirst("s$", ""), object);
                }
            }
        });
        return body;
    }

    private void sensible(String member, ObjectNode attributes) {
        if (values.chance(0.9)) {
            attributes.remove(DELICATE.getOrDefault(member, Set.of()));
        }
        if (attributes.has("tenant_id")) {
            attributes.remove("project_id");
        }
        switch (member) {
            case "subnet" -> {
                if (attributes.has("ip_version")) {
                    attributes.put("ip_version", 4).put("cidr", values.cidr());
                }
            }
            case "subnetpool" -> {
                if (attributes.has("prefixes")) {
                    attributes.putArray("prefixes").add(values.cidr());
                }
            }
            case "rbac_policy", "rbac_policie" -> {
                if (attributes.has("object_id") && !values.ids(NETWORKS).isEmpty()) {
                    attributes
                            .put("object_type", "network")
                            .put("object_id", values.one(values.ids(NETWORKS)))
                            .put("action", "access_as_shared");
                }
            }
            case "segment" -> {
                if (attributes.has("network_type")) {
                    attributes.put("network_type", "vxlan").remove(List.of("physical_network", "segmentation_id"));
                }
            }
            case "network_segment_range" -> {
                int from = 200_000 + random.nextInt(1_000_000);
                if (attributes.has("network_type")) {
                    attributes.put("network_type", "vxlan").put("minimum", from).put("maximum", from + 9);
                } else {
                    attributes.remove(List.of("minimum", "maximum"));
                }
            }
            default -> {
                // as the schema has it
            }
        }
    }

    /** A right query string with its question mark, mostly empty. */
    String query(Asked asked) {
        var query = new StringBuilder();
        for (var parameter : asked.operation().path("parameters")) {
            if (parameter.path("in").asString("").equals("query") && values.chance(0.06)) {
                var schema = parameter.path("schema");
                boolean many = schema.path("type").asString("").equals("array");
                String name = parameter.path("name").asString();
                // A stream does not end by itself.
                if (name.equals("watch")
                        || name.equals("revision")
                        || name.equals("marker")
                        || name.equals("sort_dir")
                        || (name.equals("tenant_id") && !query.isEmpty())) {
                    continue;
                }
                query.append(query.isEmpty() ? "?" : "&").append(name).append('=');
                query.append(URLEncoder.encode(
                        values.right(many ? schema.path("items") : schema).asString(""), StandardCharsets.UTF_8));
            }
        }
        return query.indexOf("tenant_id=") >= 0 && query.indexOf("project_id=") >= 0 ? "" : query.toString();
    }
}
