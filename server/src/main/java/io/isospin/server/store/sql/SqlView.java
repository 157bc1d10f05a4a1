package io.isospin.server.store.sql;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.LogQuery;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Query;
import io.isospin.server.store.View;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A view through one connection. */
final class SqlView implements View {

    private final Statements sql;
    private final Connections connections;
    private final Memo memo;
    private final PrefixSets prefixes;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** A reader's view. */
    SqlView(Statements sql, Connections connections) {
        this(sql, connections, new Memo());
    }

    /** The writer's view, which keeps what it reads in {@code memo}. */
    SqlView(Statements sql, Connections connections, Memo memo) {
        this.sql = sql;
        this.connections = connections;
        this.memo = memo;
        this.prefixes = new PrefixSets(sql);
    }

    @FunctionalInterface
    private interface Asked<T> {
        T get() throws SQLException;
    }

    private <T> T ask(Asked<T> question) {
        try {
            return question.get();
        } catch (SQLException e) {
            throw connections.failure(e);
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String id) {
        return text(resource, id).map(Documents::parse);
    }

    @Override
    public Optional<String> text(Resource resource, String id) {
        return memo.text(
                resource,
                id,
                () -> ask(() -> sql.one(
                        row -> row.getString(1), "SELECT doc FROM " + resource.collection() + " WHERE id = ?", id)));
    }

    @Override
    public List<ObjectNode> list(Resource resource, Query query) {
        return texts(resource, query).stream().map(Documents::parse).toList();
    }

    @Override
    public List<String> texts(Resource resource, Query query) {
        return memo.texts(resource, query, () -> {
            var selection = Selection.of(connections.dialect(), resource, query);
            return ask(() -> sql.all(row -> row.getString(1), selection.sql("doc"), selection.parameters()));
        });
    }

    @Override
    public List<String> columns(Resource resource, List<Attribute> attributes, Query query) {
        var selection = Selection.of(connections.dialect(), resource, query);
        var columns = attributes.stream().map(Attribute::column).collect(Collectors.joining(", "));
        return ask(() -> sql.all(
                row -> {
                    var document = JsonNodeFactory.instance.objectNode();
                    for (int i = 0; i < attributes.size(); i++) {
                        document.put(attributes.get(i).name(), row.getString(i + 1));
                    }
                    return document.toString();
                },
                selection.sql(columns),
                selection.parameters()));
    }

    @Override
    public List<ItemRange> free(String pool, int limit) {
        if (limit > FreeMemo.RANGES) {
            return readFree(pool, limit);
        }
        if (!memo.free().knows(pool)) {
            memo.free().read(pool, readFree(pool, FreeMemo.RANGES));
        }
        return memo.free().first(pool, limit);
    }

    private List<ItemRange> readFree(String pool, int limit) {
        return ask(() -> readFree(sql, pool, limit));
    }

    static List<ItemRange> readFree(Statements sql, String pool, int limit) throws SQLException {
        return sql.all(
                row -> new ItemRange(row.getString(1), row.getString(2)),
                "SELECT first_item, last_item FROM free_ranges WHERE pool = ? ORDER BY first_item LIMIT ?",
                pool,
                limit);
    }

    @Override
    public List<ItemRange> free(String pool, ItemRange within, int limit) {
        // The ranges lie apart and in order: the one before the first that starts inside may still reach inside.
        var found = ask(() -> sql.all(
                row -> new ItemRange(row.getString(1), row.getString(2)),
                "SELECT first_item, last_item FROM free_ranges WHERE pool = ? AND first_item <= ? AND first_item >="
                        + " COALESCE((SELECT max(first_item) FROM free_ranges WHERE pool = ? AND first_item <= ?), '')"
                        + " ORDER BY first_item LIMIT ?",
                pool,
                within.last(),
                pool,
                within.first(),
                limit + 1));
        return found.stream()
                .flatMap(range -> range.within(within).stream())
                .limit(limit)
                .toList();
    }

    @Override
    public Map<String, String> claimed(String pool, ItemRange within) {
        var owners = new TreeMap<String, String>();
        ask(() -> sql.all(
                row -> owners.put(row.getString(1), row.getString(2)),
                "SELECT item, owner FROM claims WHERE pool = ? AND item >= ? AND item <= ?",
                pool,
                within.first(),
                within.last()));
        return owners;
    }

    @Override
    public Optional<String> owner(String pool, String item) {
        return ask(() ->
                sql.one(row -> row.getString(1), "SELECT owner FROM claims WHERE pool = ? AND item = ?", pool, item));
    }

    @Override
    public List<String> owners(String pool, int limit) {
        return ask(
                () -> sql.all(row -> row.getString(1), "SELECT owner FROM claims WHERE pool = ? LIMIT ?", pool, limit));
    }

    @Override
    public int claimed(String pool) {
        return ask(() -> sql.one(row -> row.getInt(1), "SELECT COUNT(*) FROM claims WHERE pool = ?", pool))
                .orElse(0);
    }

    @Override
    public Optional<IpPrefix> covering(String set, IpPrefix prefix) {
        return ask(() -> prefixes.covering(set, prefix));
    }

    @Override
    public Optional<IpPrefix> smallest(String set, int length) {
        return ask(() -> prefixes.smallest(set, length));
    }

    @Override
    public boolean overlaps(String set, IpPrefix prefix) {
        return ask(() -> prefixes.overlaps(set, prefix));
    }

    @Override
    public Map<Integer, Integer> allocated(String subnetpool, String project) {
        return ask(() -> prefixes.allocated(subnetpool, project));
    }

    @Override
    public int used(String project, String resource) {
        return memo.used(
                project,
                resource,
                () -> ask(() -> sql.one(
                                row -> row.getInt(1),
                                "SELECT used FROM quota_usage WHERE project_id = ? AND resource = ?",
                                project,
                                resource))
                        .orElse(0));
    }

    @Override
    public OptionalInt limit(String project, String resource) {
        return memo.limit(
                project,
                resource,
                () -> ask(() -> sql.one(
                                row -> OptionalInt.of(row.getInt(1)),
                                "SELECT max_count FROM quota_limits WHERE project_id = ? AND resource = ?",
                                project,
                                resource))
                        .orElse(OptionalInt.empty()));
    }

    @Override
    public Map<String, Map<String, Integer>> limits() {
        record Limit(String project, String resource, int count) {}
        var limits = new TreeMap<String, Map<String, Integer>>();
        ask(() -> sql.all(
                        row -> new Limit(row.getString(1), row.getString(2), row.getInt(3)),
                        "SELECT project_id, resource, max_count FROM quota_limits"))
                .forEach(limit -> limits.computeIfAbsent(limit.project(), key -> new TreeMap<>())
                        .put(limit.resource(), limit.count()));
        return limits;
    }

    @Override
    public String awaited(String port) {
        return ask(() -> sql.one(row -> row.getString(1), "SELECT awaited FROM ports WHERE id = ?", port))
                .orElse("");
    }

    @Override
    public List<ObjectNode> byLoad(String agentType, int skip, int limit) {
        var texts = memo.byLoad(
                List.of(agentType, skip, limit),
                () -> ask(() -> sql.all(
                        row -> row.getString(1),
                        "SELECT doc FROM agents WHERE agent_type = ? ORDER BY agent_load, id LIMIT ? OFFSET ?",
                        agentType,
                        limit,
                        skip)));
        return texts.stream().map(Documents::parse).toList();
    }

    @Override
    public List<String> hosts(String network) {
        // One step down the index (network_id, host_id) for each host, however many ports each has.
        return ask(() -> sql.all(
                row -> row.getString(1),
                "WITH RECURSIVE h(host) AS (SELECT min(host_id) FROM ports WHERE network_id = ? AND host_id > ''"
                        + " UNION ALL SELECT (SELECT min(host_id) FROM ports WHERE network_id = ? AND host_id > h.host)"
                        + " FROM h WHERE h.host IS NOT NULL) SELECT host FROM h WHERE host IS NOT NULL"
                        + " UNION SELECT host_id FROM port_bindings WHERE network_id = ? AND vif_type = 'bridge'",
                network,
                network,
                network));
    }

    @Override
    public List<String> networks(String host) {
        return ask(() -> sql.all(
                row -> row.getString(1),
                "SELECT network_id FROM ports WHERE host_id = ?"
                        + " UNION SELECT network_id FROM port_bindings WHERE host_id = ? AND vif_type = 'bridge'",
                host,
                host));
    }

    @Override
    public Optional<String> remembered(String key) {
        return ask(() -> sql.one(row -> row.getString(1), "SELECT value FROM memory WHERE name = ?", key));
    }

    @Override
    public long revision() {
        return ask(() -> sql.one(row -> row.getLong(1), "SELECT revision FROM log_head WHERE id = 1"))
                .orElse(0L);
    }

    @Override
    public long oldest() {
        return ask(() -> sql.one(row -> row.getLong(1), "SELECT revision FROM changes ORDER BY revision LIMIT 1"))
                .orElseGet(() -> revision() + 1);
    }

    @Override
    public int logged(long after, long upTo, Set<Resource> of) {
        var parameters = new ArrayList<Object>(List.of(after, upTo));
        of.stream().map(Resource::collection).sorted().forEach(parameters::add);
        return ask(() -> sql.all(
                        row -> row.getInt(1),
                        "SELECT COUNT(*) FROM changes WHERE revision > ? AND revision <= ?"
                                + (of.isEmpty() ? "" : " AND resource IN (" + Selection.marks(of.size()) + ")"),
                        parameters))
                .getFirst();
    }

    @Override
    public List<Logged> changes(long after, int limit) {
        return ask(() -> LogTable.after(sql, after, limit));
    }

    @Override
    public List<Logged> changes(long after, Set<Resource> of, int limit) {
        return ask(() -> LogTable.after(sql, after, of, limit));
    }

    @Override
    public List<Logged> log(LogQuery query) {
        return ask(() -> LogTable.of(sql, query));
    }
}
