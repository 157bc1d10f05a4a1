package io.isospin.server.store.sql;

import io.isospin.server.store.ItemRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Claims of a pool's items, and the ranges that are still free. */
final class Pools {
    private final Statements sql;
    private final FreeMemo free;

    Pools(Statements sql, FreeMemo free) {
        this.sql = sql;
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
            sql.later(
                    "UPDATE free_ranges SET last_item = ? WHERE pool = ? AND first_item = ?",
                    before.last(),
                    pool,
                    range.first());
            left.add(before);
        }
        if (!range.last().equals(item)) {
            var after = new ItemRange(ItemRange.plus(item, 1), range.last());
            sql.later(
                    "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)",
                    pool,
                    after.first(),
                    after.last());
            left.add(after);
        }
        free.carved(pool, range, left);
    }

    void release(String pool, String item) throws SQLException {
        free.forget(pool);
        var ranged =
                sql.one(row -> row.getInt(1) == 1, "SELECT ranged FROM claims WHERE pool = ? AND item = ?", pool, item);
        sql.later("DELETE FROM claims WHERE pool = ? AND item = ?", pool, item);
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
            sql.later("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, ItemRange.plus(item, 1));
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
            sql.later("DELETE FROM free_ranges WHERE pool = ? AND first_item = ?", pool, first);
        }
        sql.later("INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)", pool, first, last);
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
