package io.isospin.server.store.sql;

import io.isospin.server.store.ItemRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first free ranges of the pools that the writer draws from, kept in step with its own claims. */
final class FreeMemo {
    /** As many ranges of a pool as are read at once. */
    static final int RANGES = 16;

    private static final int FEW = 4;
    private static final int MOST_POOLS = 1024;

    private static final Known NOTHING = new Known(List.of(), false);

    private final Map<String, Known> pools = new HashMap<>();

    /** {@code complete}: there are no others. */
    private record Known(List<ItemRange> ranges, boolean complete) {}

    /**
     * What is known of the range that holds an item.
     *
     * @param sure whether there can be no other answer
     */
    record Answer(boolean sure, Optional<ItemRange> range) {}

    /** Whether enough of a pool is known to draw from. */
    boolean knows(String pool) {
        var known = pools.get(pool);
        return known != null && (known.complete() || known.ranges().size() >= FEW);
    }

    /** Takes what was read: the first {@link #RANGES} of a pool, or all where there are fewer. */
    void read(String pool, List<ItemRange> ranges) {
        if (pools.size() == MOST_POOLS) {
            pools.clear();
        }
        pools.put(pool, new Known(new ArrayList<>(ranges), ranges.size() < RANGES));
    }

    List<ItemRange> first(String pool, int limit) {
        var ranges = known(pool).ranges();
        return List.copyOf(ranges.subList(0, Math.min(limit, ranges.size())));
    }

    private Known known(String pool) {
        return pools.getOrDefault(pool, NOTHING);
    }

    Answer containing(String pool, String item) {
        var known = known(pool);
        var range = known.ranges().stream()
                .filter(one -> one.first().compareTo(item) <= 0 && item.compareTo(one.last()) <= 0)
                .findFirst();
        return new Answer(known.complete() || range.isPresent(), range);
    }

    /** An item has left its range. */
    void carved(String pool, ItemRange range, List<ItemRange> left) {
        var known = known(pool).ranges();
        int at = known.indexOf(range);
        // Of a range beyond those that are known nothing is kept.
        if (at >= 0) {
            known.remove(at);
            known.addAll(at, left);
        }
    }

    /** Items have come back: {@code range} stands in place of all that it holds. */
    void joined(String pool, ItemRange range) {
        var known = known(pool);
        var ranges = known.ranges();
        int at = 0;
        while (at < ranges.size() && ranges.get(at).first().compareTo(range.first()) < 0) {
            at++;
        }
        while (at < ranges.size() && ranges.get(at).last().compareTo(range.last()) <= 0) {
            ranges.remove(at);
        }
        // Beyond the last that is known there may be others before it.
        if (at < ranges.size() || (known.complete() && pools.containsKey(pool))) {
            ranges.add(at, range);
        }
    }

    void forget(String pool) {
        pools.remove(pool);
    }

    void clear() {
        pools.clear();
    }
}
