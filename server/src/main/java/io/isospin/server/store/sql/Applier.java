package io.isospin.server.store.sql;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Change;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Logged;
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

    static {
        for (var resource : Catalogue.ALL) {
            INSERT.put(resource, Documents.insertSql(resource));
            UPDATE.put(resource, Documents.updateSql(resource));
        }
    }

    private final Statements sql;
    private long revision;
    private boolean applied;
    private @Nullable String lastLogged;

    /** {@code revision}: the last one that is given away. */
    Applier(Statements sql, long revision) {
        this.sql = sql;
        this.revision = revision;
    }

    void apply(List<Change> changes) throws SQLException {
        for (var change : changes) {
            applied = true;
            apply(change);
        }
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
            case Change.Claim claim -> claim(claim);
            case Change.Release(var pool, var item) -> release(pool, item);
            case Change.Offer(var pool, var ranges) -> offer(pool, ranges);
            case Change.Drop(var pool) -> {
                sql.run("DELETE FROM free_ranges WHERE pool = ?", pool);
                sql.run("DELETE FROM claims WHERE pool = ?", pool);
            }
            case Change.Await(var port, var blocks) ->
                sql.run("UPDATE ports SET awaited = ? WHERE id = ?", blocks, port);
            case Change.Limit(var project, var resource, var limit) -> {
                sql.run("DELETE FROM quota_limits WHERE project_id = ? AND resource = ?", project, resource);
                sql.run(
                        "INSERT INTO quota_limits (project_id, resource, max_count) VALUES (?, ?, ?)",
                        project,
                        resource,
                        limit);
            }
            case Change.NoLimits(var project) -> sql.run("DELETE FROM quota_limits WHERE project_id = ?", project);
            case Change.Remember(var key, var value) -> {
                if (sql.run("UPDATE memory SET value = ? WHERE name = ?", value, key) == 0) {
                    sql.run("INSERT INTO memory (name, value) VALUES (?, ?)", key, value);
                }
            }
        }
    }

    private void insert(Resource resource, ObjectNode document) throws SQLException {
        sql.run(sqlFor(INSERT, resource), Documents.insertValues(resource, document));
        count(resource, document, 1);
        log(resource, document, Logged.Kind.INSERT, JsonNodeFactory.instance.objectNode());
    }

    private void update(Resource resource, ObjectNode document, Map<String, JsonNode> before) throws SQLException {
        write(resource, document);
        var detail = JsonNodeFactory.instance.objectNode();
        before.forEach(detail::set);
        log(resource, document, Logged.Kind.UPDATE, detail);
    }

    private void write(Resource resource, ObjectNode document) throws SQLException {
        sql.run(sqlFor(UPDATE, resource), Documents.updateValues(resource, document));
    }

    private void delete(Resource resource, ObjectNode document) throws SQLException {
        sql.run("DELETE FROM " + resource.collection() + " WHERE id = ?", id(document));
        count(resource, document, -1);
        log(resource, document, Logged.Kind.DELETE, document);
    }

    private void count(Resource resource, ObjectNode document, int more) throws SQLException {
        if (!resource.quota()) {
            return;
        }
        String project = document.path("project_id").asString();
        if (sql.run(
                        "UPDATE quota_usage SET used = used + ? WHERE project_id = ? AND resource = ?",
                        more,
                        project,
                        resource.member())
                == 0) {
            sql.run(
                    "INSERT INTO quota_usage (project_id, resource, used) VALUES (?, ?, ?)",
                    project,
                    resource.member(),
                    more);
        }
    }

    private void log(Resource resource, ObjectNode document, Logged.Kind kind, ObjectNode detail) throws SQLException {
        revision++;
        lastLogged = id(document);
        sql.run(
                "INSERT INTO changes (revision, resource, resource_id, kind, detail) VALUES (?, ?, ?, ?, ?)",
                revision,
                resource.collection(),
                id(document),
                kind.name(),
                detail.toString());
    }

    private void claim(Change.Claim claim) throws SQLException {
        String pool = claim.pool();
        String item = claim.item();
        if (sql.one(row -> 1, "SELECT 1 FROM claims WHERE pool = ? AND item = ?", pool, item)
                .isPresent()) {
            throw new Taken(pool, item);
        }
        var range = sql.one(
                        row -> new ItemRange(row.getString(1), row.getString(2)),
                        "SELECT first_item, last_item FROM free_ranges WHERE pool = ? AND first_item <= ?"
                                + " ORDER BY first_item DESC LIMIT 1",
                        pool,
                        item)
                .filter(found -> found.last().compareTo(item) >= 0);
        if (range.isPresent()) {
            carve(pool, range.get(), item);
        }
        sql.run(
                "INSERT INTO claims (pool, item, owner, ranged) VALUES (?, ?, ?, ?)",
                pool,
                item,
                claim.owner(),
                range.isPresent());
    }

    private void carve(String pool, ItemRange range, String item) throws SQLException {
        boolean atStart = range.first().equals(item);
        boolean atEnd = range.last().equals(item);
        if (atStart) {
            sql.run("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, range.first());
        } else {
            sql.run(
                    "UPDATE free_ranges SET last_item = ? WHERE pool = ? AND first_item = ?",
                    ItemRange.plus(item, -1),
                    pool,
                    range.first());
        }
        if (!atEnd) {
            sql.run(
                    "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)",
                    pool,
                    ItemRange.plus(item, 1),
                    range.last());
        }
    }

    private void release(String pool, String item) throws SQLException {
        var ranged =
                sql.one(row -> row.getInt(1) == 1, "SELECT ranged FROM claims WHERE pool = ? AND item = ?", pool, item);
        sql.run("DELETE FROM claims WHERE pool = ? AND item = ?", pool, item);
        if (!ranged.orElse(false)) {
            return;
        }
        // Joined with the free neighbours, so that a pool that empties becomes few ranges again.
        String first = item;
        String last = item;
        var after = sql.one(
                row -> row.getString(1),
                "SELECT last_item FROM free_ranges WHERE pool = ? AND first_item = ?",
                pool,
                ItemRange.plus(item, 1));
        if (after.isPresent()) {
            last = after.get();
            sql.run("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, ItemRange.plus(item, 1));
        }
        var before = sql.one(
                        row -> new ItemRange(row.getString(1), row.getString(2)),
                        "SELECT first_item, last_item FROM free_ranges WHERE pool = ? AND first_item < ?"
                                + " ORDER BY first_item DESC LIMIT 1",
                        pool,
                        item)
                .filter(range -> ItemRange.plus(range.last(), 1).equals(item));
        if (before.isPresent()) {
            first = before.get().first();
            sql.run("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, first);
        }
        sql.run("INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)", pool, first, last);
    }

    private void offer(String pool, List<ItemRange> ranges) throws SQLException {
        sql.run("DELETE FROM free_ranges WHERE pool = ?", pool);
        sql.run("UPDATE claims SET ranged = 0 WHERE pool = ?", pool);
        for (var range : ranges) {
            sql.run(
                    "UPDATE claims SET ranged = 1 WHERE pool = ? AND item >= ? AND item <= ?",
                    pool,
                    range.first(),
                    range.last());
            String next = range.first();
            boolean open = true;
            for (var taken : sql.all(
                    row -> row.getString(1),
                    "SELECT item FROM claims WHERE pool = ? AND item >= ? AND item <= ? ORDER BY item",
                    pool,
                    range.first(),
                    range.last())) {
                if (next.compareTo(taken) < 0) {
                    sql.run(
                            "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)",
                            pool,
                            next,
                            ItemRange.plus(taken, -1));
                }
                open = !taken.equals(range.last());
                next = open ? ItemRange.plus(taken, 1) : next;
            }
            if (open) {
                sql.run(
                        "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)",
                        pool,
                        next,
                        range.last());
            }
        }
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
