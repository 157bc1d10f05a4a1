package io.isospin.server.store.sql;

import io.isospin.core.net.IpAddress;
import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Query.Sort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A query in SQL with its parameters. Pages start after a marker's keys, so that each costs what it returns. */
final class Selection {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();
    private final Dialect dialect;

    private Selection(Dialect dialect) {
        this.dialect = dialect;
    }

    static Selection of(Dialect dialect, Resource resource, Query query) {
        var selection = new Selection(dialect);
        selection.sql.append(" FROM ").append(resource.collection());
        String glue = " WHERE ";
        for (var condition : query.conditions()) {
            selection.sql.append(glue).append('(');
            selection.add(resource, condition);
            selection.sql.append(')');
            glue = " AND ";
        }
        var keys = keys(resource, query);
        if (query.marker() != null) {
            selection.sql.append(glue).append('(');
            selection.after(keys, query.marker());
            selection.sql.append(')');
        }
        String order = "";
        if (!query.sort().isEmpty() || query.limit() > 0) {
            order = " ORDER BY "
                    + keys.stream()
                            .map(key -> selection.sortKey(key.attribute()) + (key.descending() ? " DESC" : ""))
                            .collect(Collectors.joining(", "));
            selection.sql.append(order);
        }
        if (query.limit() > 0) {
            selection.sql.append(" LIMIT ").append(query.limit());
            if (!query.sort().isEmpty()) {
                selection.chosenFirst(resource, order);
            }
        }
        return selection;
    }

    /**
     * Has the ids of a page found before any document is read: where the order is in an index, that is all that is looked at
     * of the others. MariaDB takes a LIMIT in a subquery only one level further down.
     */
    private void chosenFirst(Resource resource, String order) {
        sql.insert(0, " FROM " + resource.collection() + " WHERE id IN (SELECT id FROM (SELECT id")
                .append(") AS page)")
                .append(order);
    }

    /** The statement that reads {@code columns} of each. */
    String sql(String columns) {
        return "SELECT " + columns + sql;
    }

    List<Object> parameters() {
        return parameters;
    }

    private static List<Sort> keys(Resource resource, Query query) {
        var keys = new ArrayList<>(query.sort());
        var id = resource.attributes().get("id");
        if (id != null && keys.stream().noneMatch(key -> key.attribute().name().equals("id"))) {
            keys.add(new Sort(id, !keys.isEmpty() && keys.getLast().descending()));
        }
        return keys;
    }

    /** (a, b) after (x, y) is a &gt; x, or a = x and b &gt; y; a descending key turns its sign. */
    private void after(List<Sort> keys, ObjectNode marker) {
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "" : " OR ").append('(');
            for (int j = 0; j <= i; j++) {
                var key = keys.get(j);
                String sign = j < i ? " = ?" : key.descending() ? " < ?" : " > ?";
                sql.append(j == 0 ? "" : " AND ")
                        .append(sortKey(key.attribute()))
                        .append(sign);
                parameters.add(
                        sortValue(key.attribute(), marker.path(key.attribute().name())));
            }
            sql.append(')');
        }
    }

    private void add(Resource resource, Condition condition) {
        switch (condition) {
            case Condition.In in -> addIn(in.attribute(), "IN", in.values());
            case Condition.NotIn not -> addIn(not.attribute(), "NOT IN", not.values());
            case Condition.Since since -> {
                String expression = dialect.scalar(since.attribute());
                sql.append(since.is().stream()
                        .map(is -> expression + (is ? " >= ?" : " < ?"))
                        .collect(Collectors.joining(" OR ")));
                since.is().forEach(is -> parameters.add(since.time()));
            }
            case Condition.HasSegment has -> {
                // The innermost table is the one whose documents an expression reads.
                sql.append("EXISTS (SELECT 1 FROM segments WHERE segments.network_id = networks.id AND ");
                addIn(has.attribute(), "IN", has.values());
                sql.append(')');
            }
            case Condition.SharedWith shared -> {
                sql.append(shared.is() ? "" : "NOT ").append("id IN (");
                addShares(resource, "action = 'access_as_shared' AND ", shared.project());
                sql.append(')');
            }
            case Condition.VisibleTo visible -> addVisible(resource, visible.project());
            case Condition.HasAddress has -> {
                sql.append("id IN (SELECT owner FROM claims WHERE item IN (")
                        .append(marks(has.addresses().size()))
                        .append(") AND pool IN (SELECT id FROM subnets))");
                has.addresses().forEach(address -> parameters.add(ItemRange.item(IpAddress.parse(address))));
            }
            case Condition.HasAddressIn has -> {
                sql.append("id IN (SELECT owner FROM claims WHERE pool IN (")
                        .append(marks(has.subnets().size()))
                        .append("))");
                parameters.addAll(has.subnets());
            }
            case Condition.Tagged tagged -> addTagged(tagged);
            case Condition.HasAddressLike has -> {
                // The text of an address is only in the document, so this reads every document of the selection.
                sql.append(has.parts().stream()
                        .map(part -> "json_extract(doc, '$.fixed_ips') LIKE ? ESCAPE '!'")
                        .collect(Collectors.joining(" OR ")));
                has.parts().forEach(part -> parameters.add(dialect.addressPrefix() + escaped(part) + "%"));
            }
        }
    }

    private void addIn(Attribute attribute, String operator, List<JsonNode> values) {
        String expression = attribute.column() != null ? attribute.column() : dialect.scalar(attribute);
        // An empty value, and null, mean those that have none: the expression shows both as empty text.
        sql.append(expression)
                .append(' ')
                .append(operator)
                .append(" (")
                .append(marks(values.size()))
                .append(')');
        values.forEach(value -> parameters.add(Query.comparable(value)));
    }

    private void addTagged(Condition.Tagged tagged) {
        sql.append(tagged.not() ? "id NOT IN" : "id IN")
                .append(" (SELECT resource_id FROM tags WHERE tag IN (")
                .append(marks(tagged.tags().size()))
                .append(')');
        parameters.addAll(tagged.tags());
        if (tagged.all()) {
            sql.append(" GROUP BY resource_id HAVING COUNT(*) = ?");
            parameters.add(tagged.tags().size());
        }
        sql.append(')');
    }

    private void addVisible(Resource resource, String project) {
        sql.append("project_id = ?");
        parameters.add(project);
        if (resource.equals(Catalogue.PORT)) {
            sql.append(" OR network_id IN (SELECT id FROM networks WHERE project_id = ?)");
            parameters.add(project);
        } else if (resource.equals(Catalogue.SUBNET)) {
            sql.append(" OR network_id IN (");
            addShares(Catalogue.NETWORK, "action = 'access_as_shared' AND ", project);
            sql.append(')');
        } else if (resource.attribute("shared").isPresent()) {
            sql.append(" OR id IN (");
            addShares(resource, "", project);
            sql.append(')');
        }
    }

    /** The objects that RBAC entries share with a project or with all. */
    private void addShares(Resource resource, String more, String project) {
        sql.append("SELECT object_id FROM rbac_policies WHERE ")
                .append(more)
                .append("object_type = ? AND target_tenant IN (?, '*')");
        parameters.add(resource.member());
        parameters.add(project);
    }

    private String sortKey(Attribute attribute) {
        return attribute.column() != null ? attribute.column() : dialect.sortKey(attribute);
    }

    private Object sortValue(Attribute attribute, JsonNode value) {
        return attribute.column() != null ? Query.comparable(value) : dialect.sortValue(attribute, value);
    }

    /** Inside {@code IN ()}, which MariaDB does not let be empty; nothing equals NULL. */
    static String marks(int count) {
        return count == 0 ? "NULL" : String.join(", ", Collections.nCopies(count, "?"));
    }

    private static String escaped(String part) {
        return part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
