package io.isospin.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Store;
import io.isospin.server.store.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FreeRangesTest {
    private static final int FIRST = 10;
    private static final int LAST = 29;

    /** Whatever is claimed and released, what is free is what the pool offers without what is claimed. */
    @Property(tries = 30)
    void whatIsFreeIsWhatNobodyHas(
            @ForAll @Size(max = 60) List<@IntRange(min = 5, max = 35) Integer> toggles,
            @ForAll @IntRange(min = FIRST, max = LAST) int newFirst)
            throws IOException {
        var folder = Files.createTempDirectory("free-ranges");
        try (var store = SqliteStore.open(folder.resolve("db"))) {
            var claimed = new TreeSet<Integer>();
            change(store, new Change.Offer("p", List.of(ItemRange.of(FIRST, LAST))));
            for (var item : toggles) {
                if (claimed.add(item)) {
                    change(store, new Change.Claim("p", ItemRange.item(item), "owner"));
                } else {
                    claimed.remove(item);
                    change(store, new Change.Release("p", ItemRange.item(item)));
                }
            }
            assertThat(free(store)).isEqualTo(expected(claimed, FIRST));
            change(store, new Change.Offer("p", List.of(ItemRange.of(newFirst, LAST))));
            assertThat(free(store)).isEqualTo(expected(claimed, newFirst));
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @Property(tries = 5)
    void anItemHasOneOwner(@ForAll @IntRange(min = 1, max = 50) int item) throws IOException {
        var folder = Files.createTempDirectory("free-ranges");
        try (var store = SqliteStore.open(folder.resolve("db"))) {
            change(store, new Change.Claim("p", ItemRange.item(item), "one"));
            try {
                change(store, new Change.Claim("p", ItemRange.item(item), "two"));
                throw new AssertionError("claimed twice");
            } catch (Taken e) {
                assertThat(e.item()).isEqualTo(ItemRange.item(item));
            }
            assertThat(store.<String>read(
                            view -> view.owner("p", ItemRange.item(item)).orElse("")))
                    .isEqualTo("one");
        }
    }

    private static void change(Store store, Change change) {
        store.write(view -> new Decision<>(List.of(change), true));
    }

    private static List<Integer> free(Store store) {
        var items = new ArrayList<Integer>();
        for (var range : store.<List<ItemRange>>read(view -> view.free("p", 1000))) {
            for (int i = ItemRange.number(range.first()); i <= ItemRange.number(range.last()); i++) {
                items.add(i);
            }
        }
        return items;
    }

    private static List<Integer> expected(Set<Integer> claimed, int first) {
        var items = new ArrayList<Integer>();
        for (int i = first; i <= LAST; i++) {
            if (!claimed.contains(i)) {
                items.add(i);
            }
        }
        return items;
    }
}
