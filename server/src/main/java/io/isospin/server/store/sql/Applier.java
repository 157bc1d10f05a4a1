package io.isospin.server.store.sql;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.History;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Change;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Origin;
import io.isospin.server.store.Taken;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes changes true inside the open transaction of one connection. */
final class Applier {
    private static final Map<Resource, String> INSERT = new HashMap<>();
    private static final Map<Resource, String> UPDATE = new HashMap<>();
    private static final String LOG = "INSERT INTO changes (revision, resource, resource_id, kind, detail, made_at,"
            + " network_id, host, user_id, user_name, request_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static {
        for (var resource : Catalogue.STORED) {
            INSERT.put(resource, Documents.insertSql(resource));
            UPDATE.put(resource, Documents.updateSql(resource));
        }
    }

    private final Statements sql;
    private final Dialect dialect;
    private final Memo memo;
    private final Pools pools;
    private long revision;
    private boolean applied;
    private @Nullable String lastLogged;
    private final PrefixSets prefixes;
    private Origin origin = Origin.SERVER;

    /** {@code revision}: the last one that is given away. */
    Applier(Statements sql, Dialect dialect, Memo memo, long revision) {
        this.sql = sql;
        this.dialect = dialect;
        this.memo = memo;
        this.pools = new Pools(sql, dialect, memo.free());
        this.revision = revision;
        this.prefixes = new PrefixSets(sql);
    }

    /** Where the changes that follow come from. */
    void from(Origin where) {
        origin = where;
    }

    /** Makes the changes true; what the database refuses of them may show only with the next flush. */
    void apply(List<Change> changes) throws SQLException {
        for (var change : changes) {
            applied = true;
            apply(change);
        }
    }

    /** What a refusal means for the changes of one decision: somebody else has what is claimed, or a fault. */
    Taken taken(List<Change> changes, SQLException refusal) throws SQLException {
        sql.forget();
        if (!dialect.duplicate(refusal)) {
            throw refusal;
        }
        for (var change : changes) {
            if (change instanceof Change.Claim(var pool, var item, var owner)) {
                var other = sql.one(
                        row -> row.getString(1), "SELECT owner FROM claims WHERE pool = ? AND item = ?", pool, item);
                if (other.filter(one -> !one.equals(owner)).isPresent()) {
                    return new Taken(pool, item);
                }
            }
        }
        throw refusal;
    }

    long revision() {
        return revision;
    }

    /** Whether there is anything to commit. */
    boolean hasApplied() {
        return applied;
    }

    /** The resource of the last entry in the change log. */
    Optional<String> lastLogged() {
        return Optional.ofNullable(lastLogged);
    }

    /** What was applied since {@code before} was the last revision is undone: its revisions are given away again. */
    void back(long before) {
        revision = before;
    }

    /** All that was applied is to be undone. */
    void forget() {
        applied = false;
    }

    private void apply(Change change) throws SQLException {
        switch (change) {
            case Change.Insert(var resource, var document) -> insert(resource, document);
            case Change.Update(var resource, var document, var before) -> update(resource, document, before);
            case Change.Delete(var resource, var document) -> delete(resource, document);
            case Change.Touch(var resource, var document) -> write(resource, document);
            case Change.Claim(var pool, var item, var owner) -> pools.claim(pool, item, owner);
            case Change.Release(var pool, var item) -> pools.release(pool, item);
            case Change.Offer(var pool, var ranges) -> pools.offer(pool, ranges);
            case Change.Drop(var pool) -> pools.drop(pool);
            case Change.Cover(var set, var prefix) -> prefixes.cover(set, prefix);
            case Change.Uncover(var set, var prefix) -> prefixes.uncover(set, prefix);
            case Change.Allocated allocated -> prefixes.allocated(allocated);
            case Change.Answer(var port, var network, var answer) ->
                log(History.ANSWER, port, network, Logged.Kind.INSERT, answer);
            case Change.Await(var port, var blocks) ->
                sql.later("UPDATE ports SET awaited = ? WHERE id = ?", blocks, port);
            case Change.Load(var agent, var load) -> {
                memo.changed(Catalogue.AGENT);
                sql.later("UPDATE agents SET agent_load = ? WHERE id = ?", load, agent);
            }
            case Change.MoreLoad(var agent, var more) -> {
                memo.changed(Catalogue.AGENT);
                sql.later("UPDATE agents SET agent_load = agent_load + ? WHERE id = ?", more, agent);
            }
            case Change.Limit(var project, var resource, var limit) -> {
                memo.limitsChanged();
                sql.later("DELETE FROM quota_limits WHERE project_id = ? AND resource = ?", project, resource);
                sql.later(
                        "INSERT INTO quota_limits (project_id, resource, max_count) VALUES (?, ?, ?)",
                        project,
                        resource,
                        limit);
            }
            case Change.NoLimits(var project) -> {
                memo.limitsChanged();
                sql.later("DELETE FROM quota_limits WHERE project_id = ?", project);
            }
            case Change.Prune(var upTo) -> sql.later("DELETE FROM changes WHERE revision <= ?", upTo);
            case Change.PruneOf(var resource, var after, var upTo) ->
                sql.later(
                        "DELETE FROM changes WHERE revision > ? AND revision <= ? AND resource = ?",
                        after,
                        upTo,
                        resource.collection());
            case Change.Remember(var key, var value) -> {
                if (sql.run("UPDATE memory SET value = ? WHERE name = ?", value, key) == 0) {
                    sql.later("INSERT INTO memory (name, value) VALUES (?, ?)", key, value);
                }
            }
        }
    }

    private void insert(Resource resource, ObjectNode document) throws SQLException {
        memo.changed(resource);
        sql.later(sqlFor(INSERT, resource), Documents.insertValues(resource, document));
        count(resource, document, 1);
        tag(document);
        log(resource, document, Logged.Kind.INSERT, JsonNodeFactory.instance.objectNode());
    }

    private void update(Resource resource, ObjectNode document, Map<String, JsonNode> before) throws SQLException {
        write(resource, document);
        if (before.containsKey("tags")) {
            untag(document);
            tag(document);
        }
        var detail = JsonNodeFactory.instance.objectNode();
        before.forEach(detail::set);
        log(resource, document, Logged.Kind.UPDATE, detail);
    }

    private void write(Resource resource, ObjectNode document) throws SQLException {
        memo.changed(resource);
        sql.later(sqlFor(UPDATE, resource), Documents.updateValues(resource, document));
    }

    private void delete(Resource resource, ObjectNode document) throws SQLException {
        memo.changed(resource);
        sql.later("DELETE FROM " + resource.collection() + " WHERE id = ?", id(document));
        count(resource, document, -1);
        if (!document.path("tags").isEmpty()) {
            untag(document);
        }
        log(resource, document, Logged.Kind.DELETE, document);
    }

    /** The tags stand in a table of their own too, for filters. */
    private void tag(ObjectNode document) throws SQLException {
        for (var tag : document.path("tags")) {
            sql.later("INSERT INTO tags (resource_id, tag) VALUES (?, ?)", id(document), tag.asString());
        }
    }

    private void untag(ObjectNode document) throws SQLException {
        sql.later("DELETE FROM tags WHERE resource_id = ?", id(document));
    }

    private void count(Resource resource, ObjectNode document, int more) throws SQLException {
        if (!resource.quota()) {
            return;
        }
        memo.counted(document.path("project_id").asString(), resource.member(), more);
        sql.later(dialect.addUsage(), document.path("project_id").asString(), resource.member(), more);
    }

    private void log(Resource resource, ObjectNode document, Logged.Kind kind, ObjectNode detail) throws SQLException {
        String network = resource.equals(Catalogue.NETWORK)
                ? id(document)
                : document.path("network_id").asString("");
        log(resource, id(document), network, kind, detail);
    }

    private void log(Resource resource, String id, String network, Logged.Kind kind, ObjectNode detail)
            throws SQLException {
        revision++;
        lastLogged = id;
        sql.later(
                LOG,
                revision,
                resource.collection(),
                id,
                kind.name(),
                detail.toString(),
                System.currentTimeMillis(),
                network,
                origin.host(),
                origin.user(),
                origin.userName(),
                origin.request());
    }

    private static String id(ObjectNode document) {
        return document.path("id").asString();
    }

    private static String sqlFor(Map<Resource, String> statements, Resource resource) {
        var statement = statements.get(resource);
        if (statement == null) {
            throw new IllegalArgumentException(resource.member() + " has no table");
        }
        return statement;
    }
}
