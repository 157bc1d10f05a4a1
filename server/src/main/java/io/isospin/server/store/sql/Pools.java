package io.isospin.server.store.sql;

import io.isospin.server.store.ItemRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claims of a pool's items, and the ranges that are still free. */
final class Pools {
    private final Statements sql;
    private final Dialect dialect;
    private final FreeMemo free;

    Pools(Statements sql, Dialect dialect, FreeMemo free) {
        this.sql = sql;
        this.dialect = dialect;
        this.free = free;
    }

    void claim(String pool, String item, String owner) throws SQLException {
        var range = rangeOf(pool, item);
        if (range.isPresent()) {
            carve(pool, range.get(), item);
        }
        sql.later(
                "INSERT INTO claims (pool, item, owner, ranged) VALUES (?, ?, ?, ?)",
                pool,
                item,
                owner,
                range.isPresent());
    }

    private Optional<ItemRange> rangeOf(String pool, String item) throws SQLException {
        if (!free.knows(pool)) {
            free.read(pool, SqlView.readFree(sql, pool, FreeMemo.RANGES));
        }
        var known = free.containing(pool, item);
        if (known.sure()) {
            return known.range();
        }
        return sql.one(
                        row -> new ItemRange(row.getString(1), row.getString(2)),
                        "SELECT first_item, last_item FROM free_ranges WHERE pool = ? AND first_item <= ?"
                                + " ORDER BY first_item DESC LIMIT 1",
                        pool,
                        item)
                .filter(found -> found.last().compareTo(item) >= 0);
    }

    private void carve(String pool, ItemRange range, String item) throws SQLException {
        var left = new ArrayList<ItemRange>();
        if (range.first().equals(item)) {
            sql.later("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, range.first());
        } else {
            var before = new ItemRange(range.first(), ItemRange.plus(item, -1));
            sql.later(dialect.setRange(), pool, before.first(), before.last());
            left.add(before);
        }
        if (!range.last().equals(item)) {
            var after = new ItemRange(ItemRange.plus(item, 1), range.last());
            sql.later(dialect.setRange(), pool, after.first(), after.last());
            left.add(after);
        }
        free.carved(pool, range, left);
    }

    /** A claimed item: whether it came out of a range, and the free ranges next to it. */
    private record Claimed(
            boolean ranged,
            @Nullable ItemRange before,
            @Nullable ItemRange after) {
        static Claimed of(ResultSet row) throws SQLException {
            return new Claimed(row.getInt(1) == 1, range(row, 2), range(row, 4));
        }

        private static @Nullable ItemRange range(ResultSet row, int column) throws SQLException {
            String first = row.getString(column);
            return first == null ? null : new ItemRange(first, row.getString(column + 1));
        }
    }

    void release(String pool, String item) throws SQLException {
        var claimed = sql.one(
                Claimed::of,
                "SELECT claims.ranged, earlier.first_item, earlier.last_item, later.first_item, later.last_item"
                        + " FROM claims"
                        + " LEFT JOIN free_ranges earlier ON earlier.pool = claims.pool AND earlier.first_item ="
                        + " (SELECT max(first_item) FROM free_ranges WHERE pool = ? AND first_item < ?)"
                        + " LEFT JOIN free_ranges later ON later.pool = claims.pool AND later.first_item ="
                        + " (SELECT min(first_item) FROM free_ranges WHERE pool = ? AND first_item > ?)"
                        + " WHERE claims.pool = ? AND claims.item = ?",
                pool,
                item,
                pool,
                item,
                pool,
                item);
        sql.later("DELETE FROM claims WHERE pool = ? AND item = ?", pool, item);
        if (claimed.isPresent() && claimed.get().ranged()) {
            join(pool, item, claimed.get());
        }
    }

    /** Joined with the free neighbours, so that a pool that empties becomes few ranges again. */
    private void join(String pool, String item, Claimed claimed) throws SQLException {
        String first = item;
        String last = item;
        var before = claimed.before();
        if (before != null && ItemRange.plus(before.last(), 1).equals(item)) {
            first = before.first();
        }
        var after = claimed.after();
        if (after != null && ItemRange.plus(item, 1).equals(after.first())) {
            last = after.last();
            sql.later("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, after.first());
        }
        sql.later(dialect.setRange(), pool, first, last);
        free.joined(pool, new ItemRange(first, last));
    }

    void offer(String pool, List<ItemRange> ranges) throws SQLException {
        free.forget(pool);
        sql.later("DELETE FROM free_ranges WHERE pool = ?", pool);
        sql.later("UPDATE claims SET ranged = 0 WHERE pool = ?", pool);
        for (var range : ranges) {
            sql.later(
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
                    sql.later(
                            "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)",
                            pool,
                            next,
                            ItemRange.plus(taken, -1));
                }
                open = !taken.equals(range.last());
                next = open ? ItemRange.plus(taken, 1) : next;
            }
            if (open) {
                sql.later(
                        "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)",
                        pool,
                        next,
                        range.last());
            }
        }
    }

    void drop(String pool) throws SQLException {
        free.forget(pool);
        sql.later("DELETE FROM free_ranges WHERE pool = ?", pool);
        sql.later("DELETE FROM claims WHERE pool = ?", pool);
    }
}
