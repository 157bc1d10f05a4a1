package io.isospin.server.watch;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.RBAC_POLICY;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.History.ANSWER;
import static io.isospin.core.schema.History.CHANGE;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.schema.Resource;
import io.isospin.server.rbac.Shares;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Lookup;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What changes are to those who watch. Each is looked at before and after: what comes into the sight of an audience is
 * created to it, what goes out of it deleted, whatever the reason. An RBAC entry alone may be one: then the object that it
 * shares, and what belongs to that, comes or goes.
 */
final class Telling {
    private final Replay replay;
    private final Collection<Audience> audiences;
    private final Map<Audience, List<Line>> lines = new LinkedHashMap<>();

    private Telling(Replay replay, Collection<Audience> audiences) {
        this.replay = replay;
        this.audiences = audiences;
    }

    /** The changes after a revision that must be known to tell those of some resources, at most {@code limit}. */
    static List<Logged> needed(View view, long after, Stream<Resource> watched, int limit) {
        var needed = new HashSet<>(Set.of(RBAC_POLICY, NETWORK));
        watched.forEach(needed::add);
        return needed.contains(CHANGE) ? view.changes(after, limit) : view.changes(after, needed, limit);
    }

    /** {@code changes}: all of the needed resources up to {@code now}, in order. */
    static Map<Audience, List<Line>> of(Lookup now, List<Logged> changes, Collection<Audience> audiences) {
        var telling = new Telling(new Replay(now, changes), audiences);
        while (!telling.replay.isOver()) {
            telling.next();
        }
        return telling.lines;
    }

    /** A document that a change may concern as an audience saw it before. */
    private record Looked(Audience audience, String id, Optional<String> before) {}

    private void next() {
        var change = replay.upcoming();
        var looked = new ArrayList<Looked>();
        for (var audience : audiences) {
            if (audience.resource().equals(change.resource())) {
                looked.add(look(audience, change.id()));
            } else if (audience.resource().equals(CHANGE)) {
                audience.seen(replay, entry(change))
                        .ifPresent(text -> lines.computeIfAbsent(audience, key -> new ArrayList<>())
                                .add(Line.of("created", change.revision(), change.revision(), CHANGE, text)));
            }
        }
        if (change.resource().equals(RBAC_POLICY)) {
            replay.get(RBAC_POLICY, change.id()).ifPresent(before -> lookAtShared(before, looked));
            replay.upcomingDocument().ifPresent(after -> lookAtShared(after, looked));
        }
        replay.advance();
        tell(change, looked);
    }

    private ObjectNode entry(Logged change) {
        return change.resource().equals(ANSWER)
                ? Entry.of(change, Optional.empty(), replay.get(PORT, change.id()))
                : Entry.of(change, replay.upcomingBefore(), replay.upcomingDocument());
    }

    private Looked look(Audience audience, String id) {
        return new Looked(audience, id, seen(audience, id));
    }

    private Optional<String> seen(Audience audience, String id) {
        return replay.get(audience.resource(), id).flatMap(document -> audience.seen(replay, document));
    }

    /** What an entry shares, and what belongs to that, in the eyes of those whom it is shared with. */
    private void lookAtShared(ObjectNode entry, List<Looked> looked) {
        String type = text(entry, "object_type");
        String object = text(entry, "object_id");
        String target = text(entry, "target_tenant");
        for (var audience : audiences) {
            if (!target.equals(Shares.EVERYONE)
                    && !target.equals(audience.caller().project())) {
                continue;
            }
            var resource = audience.resource();
            if (resource.member().equals(type)) {
                add(looked, audience, object);
            } else if (type.equals(NETWORK.member())
                    && (resource.equals(SUBNET) || (resource.equals(PORT) && audience.asksDocuments()))) {
                on(resource, object).forEach(document -> add(looked, audience, text(document, "id")));
            }
        }
    }

    private void add(List<Looked> looked, Audience audience, String id) {
        if (looked.stream()
                .noneMatch(one -> one.audience().equals(audience) && one.id().equals(id))) {
            looked.add(look(audience, id));
        }
    }

    private List<ObjectNode> on(Resource resource, String network) {
        return replay.list(
                resource,
                Query.where(new Condition.In(
                        resource.attribute("network_id").orElseThrow(), List.of(StringNode.valueOf(network)))));
    }

    private void tell(Logged change, List<Looked> looked) {
        var told = new LinkedHashMap<Audience, List<Told>>();
        for (var one : looked) {
            var after = seen(one.audience(), one.id());
            if (!after.equals(one.before())) {
                String type = one.before().isEmpty() ? "created" : after.isEmpty() ? "deleted" : "updated";
                told.computeIfAbsent(one.audience(), key -> new ArrayList<>())
                        .add(new Told(type, after.or(one::before).orElseThrow()));
            }
        }
        told.forEach((audience, all) -> lines.computeIfAbsent(audience, key -> new ArrayList<>())
                .addAll(lines(change.revision(), audience.resource(), all)));
    }

    private record Told(String type, String document) {}

    /** Of several lines for one change only the last lets a client go on after it. */
    private static List<Line> lines(long revision, Resource resource, List<Told> told) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < told.size(); i++) {
            long resume = i == told.size() - 1 ? revision : revision - 1;
            lines.add(Line.of(
                    told.get(i).type(), revision, resume, resource, told.get(i).document()));
        }
        return lines;
    }
}
