package io.isospin.server.history;

import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.History.ANSWER;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.LogQuery;
import io.isospin.server.store.LogQuery.By;
import io.isospin.server.store.Logged;
import io.isospin.server.store.View;
import io.isospin.server.watch.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What documents were: from what they are now back over all changes since. */
final class Past {
    /** Changes that are read at a time, each with what it changed. */
    private static final int PIECE = 500;

    private final View view;
    private final Map<Document, Optional<ObjectNode>> documents = new HashMap<>();

    private record Document(Resource resource, String id) {}

    private Past(View view) {
        this.view = view;
    }

    /** The entries of rows of the log, the newest first. */
    static List<ObjectNode> entries(View view, List<Logged> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var objects = rows.stream().map(Logged::id).distinct().toList();
        var wanted = rows.stream().map(Logged::revision).collect(Collectors.toSet());
        long first = wanted.stream().mapToLong(Long::longValue).min().orElseThrow();
        var past = new Past(view);
        var entries = new TreeMap<Long, ObjectNode>();
        long from = Long.MAX_VALUE;
        List<Logged> piece;
        do {
            piece = view.log(new LogQuery(Map.of(By.OBJECT, objects), from, false, PIECE));
            for (var logged : piece) {
                if (logged.revision() < first) {
                    return List.copyOf(entries.descendingMap().values());
                }
                var after = past.document(logged);
                var before = past.undo(logged, after);
                if (wanted.contains(logged.revision())) {
                    entries.put(logged.revision(), Entry.of(logged, before, after));
                }
                from = logged.revision() - 1;
            }
        } while (piece.size() == PIECE);
        return List.copyOf(entries.descendingMap().values());
    }

    /** As it is after a change; with an answer, the port that it is about. */
    private Optional<ObjectNode> document(Logged logged) {
        return documents.computeIfAbsent(
                new Document(logged.resource().equals(ANSWER) ? PORT : logged.resource(), logged.id()),
                one -> Catalogue.STORED.contains(one.resource())
                        ? view.get(one.resource(), one.id())
                        : Optional.empty());
    }

    /** Goes back before a change. */
    private Optional<ObjectNode> undo(Logged logged, Optional<ObjectNode> after) {
        if (logged.resource().equals(ANSWER)) {
            return after;
        }
        var before = switch (logged.kind()) {
            case INSERT -> Optional.<ObjectNode>empty();
            case DELETE -> Optional.of(logged.detail());
            case UPDATE -> after.map(document -> with(document, logged.detail()));
        };
        documents.put(new Document(logged.resource(), logged.id()), before);
        return before;
    }

    /** A copy that shares the values. */
    private static ObjectNode with(ObjectNode document, ObjectNode values) {
        var copy = document.objectNode();
        copy.setAll(document);
        copy.setAll(values);
        return copy;
    }
}
