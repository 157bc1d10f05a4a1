package io.isospin.server.store.sql;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.History;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.LogQuery;
import io.isospin.server.store.LogQuery.By;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the change log. */
final class LogTable {
    private static final Map<String, Resource> RESOURCES = resources();
    private static final String READ = "SELECT revision, resource, resource_id, kind, detail, network_id, user_id,"
            + " user_name, request_id, host, made_at FROM changes WHERE revision ";

    private LogTable() {}

    /** After a revision, oldest first. */
    static List<Logged> after(Statements sql, long revision, int limit) throws SQLException {
        return sql.all(LogTable::logged, READ + "> ? ORDER BY revision LIMIT ?", List.of(revision, limit));
    }

    /** The same of some resources alone. */
    static List<Logged> after(Statements sql, long revision, Set<Resource> of, int limit) throws SQLException {
        var parameters = new ArrayList<Object>();
        parameters.add(revision);
        of.stream().map(Resource::collection).sorted().forEach(parameters::add);
        parameters.add(limit);
        return sql.all(
                LogTable::logged,
                READ + "> ? AND resource IN (" + Selection.marks(of.size()) + ") ORDER BY revision LIMIT ?",
                parameters);
    }

    static List<Logged> of(Statements sql, LogQuery query) throws SQLException {
        var text = new StringBuilder(READ).append(query.ascending() ? ">= ?" : "<= ?");
        var parameters = new ArrayList<Object>();
        parameters.add(query.from());
        query.values().forEach((key, values) -> {
            text.append(" AND ")
                    .append(column(key))
                    .append(" IN (")
                    .append(Selection.marks(values.size()))
                    .append(')');
            parameters.addAll(values);
        });
        text.append(" ORDER BY revision ")
                .append(query.ascending() ? "" : "DESC ")
                .append("LIMIT ?");
        parameters.add(query.limit());
        return sql.all(LogTable::logged, text.toString(), parameters);
    }

    private static String column(By key) {
        return switch (key) {
            case REVISION -> "revision";
            case WHAT -> "concat(resource, '/', kind)";
            case OBJECT -> "resource_id";
            case NETWORK -> "network_id";
            case USER -> "user_id";
            case REQUEST -> "request_id";
            case HOST -> "host";
        };
    }

    private static Logged logged(ResultSet row) throws SQLException {
        return new Logged(
                row.getLong(1),
                resource(row.getString(2)),
                row.getString(3),
                Logged.Kind.valueOf(row.getString(4)),
                Documents.parse(row.getString(5)),
                row.getString(6),
                new Origin(row.getString(7), row.getString(8), row.getString(9), row.getString(10)),
                Instant.ofEpochMilli(row.getLong(11)));
    }

    /** A newer server on the same database may write of resources that this version does not have. */
    private static Resource resource(String collection) {
        var resource = RESOURCES.get(collection);
        return resource != null ? resource : Resource.of(collection, collection, false, List.of());
    }

    private static Map<String, Resource> resources() {
        var byName = new TreeMap<String, Resource>();
        Catalogue.STORED.forEach(resource -> byName.put(resource.collection(), resource));
        byName.put(History.ANSWER.collection(), History.ANSWER);
        return byName;
    }
}
