package io.isospin.server.watch;

import static io.isospin.core.schema.Catalogue.RBAC_POLICY;
import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Lookup;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The store as it was before some of the last changes, and then after each of them, one by one. The log holds the old
 * values of what an update changed and the whole of what was deleted: with the documents of now, that is every state between.
 */
final class Replay implements Lookup {
    private final Lookup now;
    private final List<Logged> changes;
    private final List<Optional<ObjectNode>> again = new ArrayList<>();
    private final Map<Key, Optional<ObjectNode>> touched = new HashMap<>();
    private final Map<Key, Optional<ObjectNode>> untouched = new HashMap<>();
    private final Map<Selected, List<ObjectNode>> selected = new HashMap<>();
    private int next;

    private record Key(Resource resource, String id) {}

    private record Selected(Resource resource, Query query) {}

    /**
     * Begins before the first of {@code changes}.
     *
     * @param changes all that there were of their resources up to {@code now}, in order
     */
    Replay(Lookup now, List<Logged> changes) {
        this.now = now;
        this.changes = changes;
        for (var change : changes.reversed()) {
            again.addFirst(undo(change));
        }
    }

    /** Goes back before a change; what it takes to make it again. */
    private Optional<ObjectNode> undo(Logged change) {
        var key = new Key(change.resource(), change.id());
        var after = touched.computeIfAbsent(key, one -> stored(one));
        return switch (change.kind()) {
            case INSERT -> {
                touched.put(key, Optional.empty());
                yield after;
            }
            case DELETE -> {
                touched.put(key, Optional.of(change.detail()));
                yield Optional.empty();
            }
            case UPDATE -> {
                touched.put(key, after.map(document -> with(document, change.detail())));
                yield after.map(document -> {
                    var values = JsonNodeFactory.instance.objectNode();
                    change.detail().propertyNames().forEach(name -> values.set(name, document.path(name)));
                    return values;
                });
            }
        };
    }

    /** The change that comes next. */
    Logged upcoming() {
        return changes.get(next);
    }

    /** The document that is there before it. */
    Optional<ObjectNode> upcomingBefore() {
        return get(changes.get(next).resource(), changes.get(next).id());
    }

    /** The document that it makes of another; empty for a deletion. */
    Optional<ObjectNode> upcomingDocument() {
        return after(changes.get(next), upcomingBefore(), again.get(next));
    }

    boolean isOver() {
        return next == changes.size();
    }

    /** Goes on to after the change that comes next. */
    void advance() {
        var change = changes.get(next);
        var key = new Key(change.resource(), change.id());
        touched.put(key, after(change, get(change.resource(), change.id()), again.get(next)));
        next++;
    }

    private static Optional<ObjectNode> after(Logged change, Optional<ObjectNode> before, Optional<ObjectNode> values) {
        return change.kind() == Logged.Kind.UPDATE
                ? before.flatMap(document -> values.map(changed -> with(document, changed)))
                : values;
    }

    /** A copy that shares the values. */
    private static ObjectNode with(ObjectNode document, ObjectNode values) {
        var copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(document);
        copy.setAll(values);
        return copy;
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String id) {
        var key = new Key(resource, id);
        var known = touched.get(key);
        return known != null ? known : untouched.computeIfAbsent(key, one -> stored(one));
    }

    /** Of what only the log has there is no document. */
    private Optional<ObjectNode> stored(Key key) {
        return Catalogue.STORED.contains(key.resource()) ? now.get(key.resource(), key.id()) : Optional.empty();
    }

    @Override
    public List<ObjectNode> list(Resource resource, Query query) {
        var found = Stream.concat(
                selected
                        .computeIfAbsent(
                                new Selected(resource, wider(resource, query)), one -> now.list(resource, one.query()))
                        .stream()
                        .filter(document -> !touched.containsKey(new Key(resource, id(document)))),
                touched.entrySet().stream()
                        .filter(entry -> entry.getKey().resource().equals(resource))
                        .flatMap(entry -> entry.getValue().stream()));
        return found.filter(document -> Filter.takes(this, resource, query.conditions(), document))
                .limit(query.limit() == 0 ? Long.MAX_VALUE : query.limit())
                .toList();
    }

    /** What is read for a query: of an object's shares all, since many ask for those of one project each. */
    private static Query wider(Resource resource, Query query) {
        var whole = query.limit(0);
        return resource.equals(RBAC_POLICY)
                ? query.conditions().stream()
                        .filter(condition -> condition instanceof Condition.In in
                                && in.attribute().name().equals("object_id"))
                        .findFirst()
                        .map(Query::where)
                        .orElse(whole)
                : whole;
    }

    @Override
    public List<String> texts(Resource resource, Query query) {
        return list(resource, query).stream().map(ObjectNode::toString).toList();
    }
}
