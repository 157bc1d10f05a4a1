package io.isospin.server.store;

import io.isospin.core.schema.History;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Wiring;
import java.util.List;
import java.util.Set;

/**
 * How far back the change log reaches. Of wirings less is kept than of all else: they are written often, by hosts and not
 * by people, and an entry holds the devices as they were before, which may be some hundred kB.
 *
 * @param from the first revision of which all was kept, but for wirings
 * @param wiringsFrom the first revision of which wirings were kept too
 * @param missing how many entries of wirings are gone since {@code from}
 */
record Reach(long from, long wiringsFrom, long missing) {
    private static final Set<Resource> WIRINGS = Set.of(Wiring.WIRING);
    private static final String KEY = "log.reach";

    static Reach of(View view) {
        return view.remembered(KEY).map(Reach::parse).orElseGet(() -> new Reach(view.oldest(), view.oldest(), 0));
    }

    private static Reach parse(String text) {
        String[] numbers = text.split(" ");
        return new Reach(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    /** How many entries there are. */
    long entries(View view) {
        return view.revision() + 1 - from - missing;
    }

    /** What it takes that wirings up to a revision go; that others stay. */
    List<Change> withoutWirings(View view, long upTo) {
        int gone = view.logged(wiringsFrom - 1, upTo, WIRINGS);
        return List.of(
                new Change.PruneOf(Wiring.WIRING, wiringsFrom - 1, upTo),
                new Reach(from, upTo + 1, missing + gone).remember());
    }

    /** What it takes that everything up to a revision goes. */
    List<Change> without(View view, long upTo) {
        long missed = upTo + 1 - from - view.logged(from - 1, upTo, Set.of());
        var next = new Reach(upTo + 1, Math.max(wiringsFrom, upTo + 1), Math.max(0, missing - missed));
        return List.of(new Change.Prune(upTo), next.remember());
    }

    private Change remember() {
        return new Change.Remember(KEY, from + " " + wiringsFrom + " " + missing);
    }

    /** The first revision from which on the log has all changes of a resource. */
    long oldest(View view, Resource resource) {
        // Who reads of all changes reads of wirings.
        return WIRINGS.contains(resource) || resource.equals(History.CHANGE)
                ? Math.max(view.oldest(), wiringsFrom)
                : view.oldest();
    }
}
