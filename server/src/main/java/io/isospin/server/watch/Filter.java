package io.isospin.server.watch;

import static io.isospin.core.schema.Segmentation.SEGMENT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import io.isospin.server.rbac.Shares;
import io.isospin.server.store.Lookup;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Whether a document, as it is or as it was, fits the conditions that lists are selected by in SQL. */
final class Filter {
    private Filter() {}

    static boolean takes(Lookup view, Resource resource, List<Condition> conditions, ObjectNode document) {
        return conditions.stream().allMatch(condition -> takes(view, resource, condition, document));
    }

    private static boolean takes(Lookup view, Resource resource, Condition condition, ObjectNode document) {
        return switch (condition) {
            case Condition.In(var attribute, var values) -> isIn(document, attribute, values);
            case Condition.NotIn(var attribute, var values) -> !isIn(document, attribute, values);
            case Condition.Since(var attribute, var time, var is) ->
                is.contains(text(document, attribute.name()).compareTo(time) >= 0);
            case Condition.HasSegment(var attribute, var values) ->
                segments(view, id(document)).stream().anyMatch(segment -> isIn(segment, attribute, values));
            case Condition.SharedWith(var project, var is) ->
                Shares.isShared(view, resource, id(document), project) == is;
            case Condition.HasAddress(var addresses) -> addresses(document).anyMatch(addresses::contains);
            case Condition.HasAddressIn(var subnets) ->
                fixedIps(document).anyMatch(ip -> subnets.contains(text(ip, "subnet_id")));
            case Condition.HasAddressLike(var parts) ->
                addresses(document).anyMatch(address -> parts.stream().anyMatch(address::contains));
            case Condition.Tagged(var tags, var all, var not) -> isTagged(document, tags, all) != not;
            case Condition.VisibleTo visible ->
                throw new IllegalArgumentException("what is visible is asked of policy: " + visible);
        };
    }

    private static boolean isIn(ObjectNode document, Attribute attribute, List<JsonNode> values) {
        var value = Query.comparable(document.path(attribute.name()));
        return values.stream().map(Query::comparable).anyMatch(value::equals);
    }

    private static boolean isTagged(ObjectNode document, List<String> tags, boolean all) {
        Set<String> has = document.path("tags")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(HashSet::new));
        return all ? has.containsAll(tags) : tags.stream().anyMatch(has::contains);
    }

    private static List<ObjectNode> segments(Lookup view, String network) {
        return view.list(
                SEGMENT,
                Query.where(new Condition.In(
                        SEGMENT.attribute("network_id").orElseThrow(), List.of(StringNode.valueOf(network)))));
    }

    private static Stream<String> addresses(ObjectNode document) {
        return fixedIps(document).map(ip -> text(ip, "ip_address"));
    }

    private static Stream<ObjectNode> fixedIps(ObjectNode document) {
        return document.path("fixed_ips").valueStream().map(ObjectNode.class::cast);
    }
}
