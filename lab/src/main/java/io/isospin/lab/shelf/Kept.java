package io.isospin.lab.shelf;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Things of one kind, in memory and on a shelf: what was put is on the shelf when the call comes back. */
public final class Kept<T> {
    private static final System.Logger LOG = System.getLogger(Kept.class.getName());

    private final Shelf shelf;
    private final String kind;
    private final Function<T, String> id;
    private final Function<T, ObjectNode> write;
    private final Map<String, T> byId = new LinkedHashMap<>();

    /** Those on the shelf are there from the beginning; one that {@code read} refuses is told of and passed over. */
    public Kept(
            Shelf shelf,
            String kind,
            Function<T, String> id,
            Function<T, ObjectNode> write,
            Function<JsonNode, T> read) {
        this.shelf = shelf;
        this.kind = kind;
        this.id = id;
        this.write = write;
        for (var document : shelf.all(kind)) {
            try {
                T thing = read.apply(document);
                byId.put(id.apply(thing), thing);
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "one of the {0} kept is passed over: {1}", kind, e.toString());
            }
        }
    }

    public synchronized Optional<T> find(String key) {
        return Optional.ofNullable(byId.get(key));
    }

    /** In the order in which they were put. */
    public synchronized List<T> all() {
        return List.copyOf(byId.values());
    }

    public synchronized void put(T thing) {
        shelf.put(kind, id.apply(thing), write.apply(thing));
        byId.put(id.apply(thing), thing);
    }

    /** Puts it where its id is free; false where it is not. */
    public synchronized boolean add(T thing) {
        if (byId.containsKey(id.apply(thing))) {
            return false;
        }
        put(thing);
        return true;
    }

    /** Changes one; empty where there is none. The id must stay. */
    public synchronized Optional<T> update(String key, UnaryOperator<T> change) {
        var changed = find(key).map(change);
        changed.ifPresent(this::put);
        return changed;
    }

    public synchronized Optional<T> remove(String key) {
        shelf.remove(kind, key);
        return Optional.ofNullable(byId.remove(key));
    }
}
