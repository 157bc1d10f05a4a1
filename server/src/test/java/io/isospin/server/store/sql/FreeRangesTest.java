package io.isospin.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Store;
import io.isospin.server.store.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

class FreeRangesTest {
    private static final int FIRST = 10;
    private static final int LAST = 29;
    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final Stores STORES = new Stores();

    private final Store store = STORES.one();

    @AfterContainer
    static void close() {
        STORES.close();
    }

    /** Whatever is claimed and released, what is free is what the pool offers without what is claimed. */
    @Property(tries = 30)
    void whatIsFreeIsWhatNobodyHas(
            @ForAll @Size(max = 60) List<@IntRange(min = 5, max = 35) Integer> toggles,
            @ForAll @IntRange(min = FIRST, max = LAST) int newFirst) {
        String pool = "p" + POOLS.incrementAndGet();
        var claimed = new TreeSet<Integer>();
        change(new Change.Offer(pool, List.of(ItemRange.of(FIRST, LAST))));
        for (var item : toggles) {
            if (claimed.add(item)) {
                change(new Change.Claim(pool, ItemRange.item(item), "owner"));
            } else {
                claimed.remove(item);
                change(new Change.Release(pool, ItemRange.item(item)));
            }
        }
        assertThat(free(pool)).isEqualTo(expected(claimed, FIRST));
        change(new Change.Offer(pool, List.of(ItemRange.of(newFirst, LAST))));
        assertThat(free(pool)).isEqualTo(expected(claimed, newFirst));
    }

    @Property(tries = 5)
    void anItemHasOneOwner(@ForAll @IntRange(min = 1, max = 50) int item) {
        String pool = "p" + POOLS.incrementAndGet();
        change(new Change.Claim(pool, ItemRange.item(item), "one"));
        try {
            change(new Change.Claim(pool, ItemRange.item(item), "two"));
            throw new AssertionError("claimed twice");
        } catch (Taken e) {
            assertThat(e.item()).isEqualTo(ItemRange.item(item));
        }
        assertThat(store.<String>read(
                        view -> view.owner(pool, ItemRange.item(item)).orElse("")))
                .isEqualTo("one");
    }

    private void change(Change change) {
        store.write(view -> new Decision<>(List.of(change), true));
    }

    private List<Integer> free(String pool) {
        var items = new ArrayList<Integer>();
        for (var range : store.<List<ItemRange>>read(view -> view.free(pool, 1000))) {
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
