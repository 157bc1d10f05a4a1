package io.isospin.server.store.sql;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the writer has read of the things that most decisions look at and few change: a port's network, its subnets, a
 * project's limits. It holds while nobody else has written, which the turn in {@code log_head} tells, and saves the round
 * trips of reading the same again. Ports are not kept.
 */
final class Memo {
    private static final int MOST = 4096;
    private static final int MOST_ROWS = 64;
    /** So many of this writer's transactions in a row, and nobody else's between: the next is likely to follow them. */
    private static final int UNDISTURBED = 4;

    private final Map<Resource, Map<Object, List<String>>> documents = new HashMap<>();
    private final Map<List<String>, OptionalInt> limits = new HashMap<>();
    private final Map<List<String>, Integer> used = new HashMap<>();
    private final FreeMemo free = new FreeMemo();
    private int kept;
    private Turn turn = Turn.UNKNOWN;
    private int undisturbed;

    /** Begins a transaction that sees the state of {@code current}; what was read at another is dropped. */
    void begin(Turn current) {
        if (turn.equals(current)) {
            undisturbed++;
        } else {
            clear();
        }
        turn = current;
    }

    /** This writer's own transaction is durable: what is kept has followed it. */
    void committed(long revision) {
        turn = turn.next(revision);
    }

    /** The head as it is where nobody else has written meanwhile. */
    Turn turn() {
        return turn;
    }

    /** Whether nobody else seems to write, so that the head may be guessed before it is locked. */
    boolean isAlone() {
        return undisturbed >= UNDISTURBED;
    }

    /** Forgets what was read, in part of what is undone. */
    void forget() {
        documents.clear();
        limits.clear();
        used.clear();
        free.clear();
        kept = 0;
    }

    void clear() {
        forget();
        turn = Turn.UNKNOWN;
        undisturbed = 0;
    }

    FreeMemo free() {
        return free;
    }

    void changed(Resource resource) {
        documents.remove(resource);
    }

    void limitsChanged() {
        limits.clear();
    }

    /** Reads documents. */
    @FunctionalInterface
    interface Reading<T> {
        T read();
    }

    List<String> texts(Resource resource, Query query, Reading<List<String>> reading) {
        // Only conditions on the resource itself: what others own may make a document visible, and changes unnoticed.
        boolean own = query.conditions().stream().allMatch(condition -> condition instanceof Condition.In);
        return own && !resource.equals(Catalogue.PORT) ? kept(resource, query, reading) : reading.read();
    }

    Optional<String> text(Resource resource, String id, Reading<Optional<String>> reading) {
        if (resource.equals(Catalogue.PORT)) {
            return reading.read();
        }
        return kept(resource, id, () -> reading.read().stream().toList()).stream()
                .findFirst();
    }

    private List<String> kept(Resource resource, Object key, Reading<List<String>> reading) {
        var known = documents.getOrDefault(resource, Map.of()).get(key);
        if (known != null) {
            return known;
        }
        var read = List.copyOf(reading.read());
        if (read.size() <= MOST_ROWS) {
            room();
            documents.computeIfAbsent(resource, one -> new HashMap<>()).put(key, read);
        }
        return read;
    }

    OptionalInt limit(String project, String resource, Reading<OptionalInt> reading) {
        var key = List.of(project, resource);
        var known = limits.get(key);
        if (known != null) {
            return known;
        }
        room();
        var read = reading.read();
        limits.put(key, read);
        return read;
    }

    /** How many of a resource a project has. */
    int used(String project, String resource, Reading<Integer> reading) {
        var key = List.of(project, resource);
        var known = used.get(key);
        if (known == null) {
            room();
            known = reading.read();
            used.put(key, known);
        }
        return known;
    }

    /** The project has so many more. */
    void counted(String project, String resource, int more) {
        used.computeIfPresent(List.of(project, resource), (key, count) -> count + more);
    }

    /** Agents by their load, which changes with any of them. */
    List<String> byLoad(List<Object> which, Reading<List<String>> reading) {
        return kept(Catalogue.AGENT, which, reading);
    }

    private void room() {
        if (++kept > MOST) {
            forget();
        }
    }
}
