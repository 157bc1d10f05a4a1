package io.isospin.server.store;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Drawing an item out of free ranges. */
public final class Draw {
    private Draw() {}

    /** Any of the first {@code window} items, each as likely as the others; empty where there is none. */
    public static Optional<String> random(List<ItemRange> free, int window, RandomGenerator random) {
        long count = 0;
        for (var range : free) {
            count += range.size(window - count);
        }
        if (count == 0) {
            return Optional.empty();
        }
        long chosen = random.nextLong(count);
        for (var range : free) {
            long size = range.size(window);
            if (chosen < size) {
                return Optional.of(ItemRange.plus(range.first(), chosen));
            }
            chosen -= size;
        }
        throw new AssertionError("chosen among fewer items than were counted");
    }

    public static Optional<String> first(List<ItemRange> free) {
        return free.stream().findFirst().map(ItemRange::first);
    }
}
