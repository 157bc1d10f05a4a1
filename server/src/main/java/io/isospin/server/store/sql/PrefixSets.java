package io.isospin.server.store.sql;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.server.store.Change;
import io.isospin.server.store.Taken;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sets of addresses, each as its largest prefixes: two halves that are both there are kept as the whole. So there is
 * one row for a whole subnet pool and few for a used one, and each operation takes at most as many steps as an address
 * has bits.
 */
final class PrefixSets {
    private static final String COLUMNS = "SELECT first_item, prefix_length FROM prefix_sets";

    private final Statements sql;

    PrefixSets(Statements sql) {
        this.sql = sql;
    }

    private static IpPrefix prefix(ResultSet row) throws SQLException {
        return new IpPrefix(IpAddress.ofSortKey(row.getString(1)), row.getInt(2));
    }

    Optional<IpPrefix> covering(String set, IpPrefix prefix) throws SQLException {
        return sql.one(
                        PrefixSets::prefix,
                        COLUMNS + " WHERE name = ? AND first_item <= ? ORDER BY first_item DESC LIMIT 1",
                        set,
                        prefix.network().sortKey())
                .filter(found -> found.length() <= prefix.length() && found.contains(prefix.network()));
    }

    Optional<IpPrefix> smallest(String set, int length) throws SQLException {
        return sql.one(
                PrefixSets::prefix,
                COLUMNS + " WHERE name = ? AND prefix_length <= ? ORDER BY prefix_length DESC, first_item LIMIT 1",
                set,
                length);
    }

    boolean overlaps(String set, IpPrefix prefix) throws SQLException {
        return covering(set, prefix).isPresent()
                || sql.one(
                                row -> 1,
                                "SELECT 1 FROM prefix_sets WHERE name = ? AND first_item >= ? AND first_item <= ?"
                                        + " LIMIT 1",
                                set,
                                prefix.network().sortKey(),
                                prefix.last().sortKey())
                        .isPresent();
    }

    void cover(String set, IpPrefix prefix) throws SQLException {
        if (overlaps(set, prefix)) {
            throw new Taken(set, prefix.toString());
        }
        var whole = prefix;
        while (whole.length() > 0 && remove(set, otherHalf(whole))) {
            whole = IpPrefix.containing(whole.network(), whole.length() - 1);
        }
        add(set, whole);
    }

    void uncover(String set, IpPrefix prefix) throws SQLException {
        var whole = covering(set, prefix).orElseThrow(() -> new Taken(set, prefix.toString()));
        if (!remove(set, whole)) {
            throw new Taken(set, prefix.toString());
        }
        for (int length = whole.length() + 1; length <= prefix.length(); length++) {
            add(set, otherHalf(IpPrefix.containing(prefix.network(), length)));
        }
    }

    private static IpPrefix otherHalf(IpPrefix half) {
        var version = half.version();
        var bit = BigInteger.ONE.shiftLeft(version.bits() - half.length());
        return new IpPrefix(IpAddress.of(version, half.network().value().xor(bit)), half.length());
    }

    private boolean remove(String set, IpPrefix prefix) throws SQLException {
        return sql.run(
                        "DELETE FROM prefix_sets WHERE name = ? AND first_item = ? AND prefix_length = ?",
                        set,
                        prefix.network().sortKey(),
                        prefix.length())
                == 1;
    }

    private void add(String set, IpPrefix prefix) throws SQLException {
        sql.run(
                "INSERT INTO prefix_sets VALUES (?, ?, ?)",
                set,
                prefix.network().sortKey(),
                prefix.length());
    }

    Map<Integer, Integer> allocated(String subnetpool, String project) throws SQLException {
        record Count(int length, int subnets) {}
        var counts = new TreeMap<Integer, Integer>();
        sql.all(
                        row -> new Count(row.getInt(1), row.getInt(2)),
                        "SELECT prefix_length, subnets FROM prefix_usage WHERE subnetpool_id = ? AND project_id = ?",
                        subnetpool,
                        project)
                .forEach(count -> counts.put(count.length(), count.subnets()));
        return counts;
    }

    void allocated(Change.Allocated change) throws SQLException {
        int changed = sql.run(
                "UPDATE prefix_usage SET subnets = subnets + ? WHERE subnetpool_id = ? AND project_id = ?"
                        + " AND prefix_length = ?",
                change.more(),
                change.subnetpool(),
                change.project(),
                change.length());
        if (changed == 0) {
            sql.later(
                    "INSERT INTO prefix_usage (subnetpool_id, project_id, prefix_length, subnets) VALUES (?, ?, ?, ?)",
                    change.subnetpool(),
                    change.project(),
                    change.length(),
                    change.more());
        }
    }
}
