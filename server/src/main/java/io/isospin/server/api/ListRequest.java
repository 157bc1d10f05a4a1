package io.isospin.server.api;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.PythonText;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Segmentation;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Query.Sort;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The query string of a list: filters, fields, order and page, checked against the resource's table. */
public record ListRequest(
        List<Condition> conditions,
        List<String> fields,
        List<Sort> sort,
        int limit,
        @Nullable String marker,
        boolean reverse) {
    private static final String PROVIDER = "provider:";
    private static final Set<String> RESERVED =
            Set.of("fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir");

    public static ListRequest of(Resource resource, Map<String, List<String>> query, Caller caller) {
        var markers = query.getOrDefault("marker", List.of());
        return new ListRequest(
                conditions(resource, query, caller),
                query.getOrDefault("fields", List.of()).stream()
                        .filter(field -> !field.isEmpty())
                        .toList(),
                sort(resource, query),
                limit(query),
                markers.isEmpty() ? null : markers.getLast(),
                query.getOrDefault("page_reverse", List.of()).stream().anyMatch("true"::equalsIgnoreCase));
    }

    /** The query, of what {@code visible} allows. A page backwards is read forwards from the other end. */
    public Query query(View view, Resource resource, List<Condition> visible) {
        var all = new ArrayList<>(visible);
        all.addAll(conditions);
        ObjectNode from =
                marker == null ? null : view.get(resource, marker).orElseThrow(() -> NotFound.of(resource, marker));
        return new Query(all, reverse ? reversed(resource) : sort, limit, from);
    }

    private List<Sort> reversed(Resource resource) {
        var turned = new ArrayList<Sort>();
        sort.forEach(key -> turned.add(new Sort(key.attribute(), !key.descending())));
        if (sort.stream().noneMatch(key -> key.attribute().name().equals("id"))) {
            boolean descending = !sort.isEmpty() && sort.getLast().descending();
            resource.attribute("id").ifPresent(id -> turned.add(new Sort(id, !descending)));
        }
        return turned;
    }

    private static List<Condition> conditions(Resource resource, Map<String, List<String>> query, Caller caller) {
        if (query.containsKey("tenant_id") && query.containsKey("project_id")) {
            throw BadRequest.http("Both tenant_id and project_id passed as filters.");
        }
        var unknown = query.keySet().stream()
                .filter(key -> !RESERVED.contains(key) && !isFilter(resource, key))
                .toList();
        if (!unknown.isEmpty()) {
            throw BadRequest.http(names(unknown) + " is invalid attribute for filtering");
        }
        var conditions = new ArrayList<Condition>();
        query.forEach((key, values) -> {
            if (!RESERVED.contains(key)) {
                if (key.equals("fixed_ips")) {
                    conditions.addAll(FixedIpFilter.conditions(values));
                } else if (TagFilter.KEYS.contains(key)) {
                    conditions.add(TagFilter.condition(key, values));
                } else if (key.startsWith(PROVIDER)) {
                    resource.attribute(key)
                            .map(found -> onSegment(key, in(found, values)))
                            .ifPresent(conditions::add);
                } else {
                    resource.attribute(key)
                            .map(found -> in(found, values))
                            .ifPresent(condition -> conditions.add(
                                    key.equals("shared") && !caller.isAdmin() ? shared(condition, caller) : condition));
                }
            }
        });
        return conditions;
    }

    /** A network of several segments tells them by a list; it is found by each of them. */
    private static Condition onSegment(String key, Condition.In given) {
        var attribute = Segmentation.SEGMENT.attribute(key.substring(PROVIDER.length()));
        return new Condition.HasSegment(attribute.orElseThrow(), given.values());
    }

    private static boolean isFilter(Resource resource, String key) {
        String name = TagFilter.KEYS.contains(key) ? "tags" : key;
        return resource.attribute(name).filter(Attribute::filter).isPresent();
    }

    /** What others share with the caller alone is shared, too. */
    private static Condition shared(Condition.In condition, Caller caller) {
        return new Condition.SharedWith(
                caller.project(), condition.values().getFirst().asBoolean(false));
    }

    private static Condition.In in(Attribute attribute, List<String> texts) {
        return new Condition.In(attribute, FilterValues.of(attribute, texts));
    }

    private static List<Sort> sort(Resource resource, Map<String, List<String>> query) {
        var keys = query.getOrDefault("sort_key", List.of());
        var directions = query.getOrDefault("sort_dir", List.of());
        if (keys.isEmpty() && directions.isEmpty()) {
            return List.of();
        }
        if (keys.size() != directions.size() && !directions.isEmpty()) {
            throw BadRequest.http("The number of sort_keys and sort_dirs must be same");
        }
        var unknown = keys.stream()
                .filter(key -> resource.attribute(key).filter(Attribute::sort).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw BadRequest.http(names(unknown) + " is invalid attribute for sort_keys");
        }
        var wrong = directions.stream()
                .filter(word -> !word.equals("asc") && !word.equals("desc"))
                .toList();
        if (!wrong.isEmpty()) {
            throw BadRequest.http(names(wrong) + " is invalid value for sort_dirs, valid value is 'asc' and 'desc'");
        }
        var sort = new ArrayList<Sort>();
        for (int i = 0; i < keys.size(); i++) {
            boolean descending = !directions.isEmpty() && directions.get(i).equals("desc");
            resource.attribute(keys.get(i)).ifPresent(attribute -> sort.add(new Sort(attribute, descending)));
        }
        return sort;
    }

    private static int limit(Map<String, List<String>> query) {
        var values = query.getOrDefault("limit", List.of());
        if (values.isEmpty() || values.getLast().isEmpty()) {
            return 0;
        }
        try {
            int limit = Integer.parseInt(values.getLast());
            if (limit >= 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw badLimit(values.getLast());
        }
        throw badLimit(values.getLast());
    }

    private static BadRequest badLimit(String value) {
        return BadRequest.of("limit", "Limit must be an integer 0 or greater and not '" + value + "'");
    }

    private static String names(List<String> names) {
        return names.stream().map(PythonText::quote).collect(Collectors.joining(", ", "[", "]"));
    }
}
