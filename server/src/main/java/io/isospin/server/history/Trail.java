package io.isospin.server.history;

import static io.isospin.core.schema.History.ANSWER;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.ListRequest;
import io.isospin.server.store.LogQuery;
import io.isospin.server.store.LogQuery.By;
import io.isospin.server.store.Logged.Kind;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** From what is asked of a list of changes to the rows of the log that answer it. */
final class Trail {
    private static final Map<String, Kind> KINDS =
            Map.of("created", Kind.INSERT, "updated", Kind.UPDATE, "deleted", Kind.DELETE);

    private static final Map<String, By> KEYS = Map.of(
            "id", By.REVISION,
            "object_id", By.OBJECT,
            "network_id", By.NETWORK,
            "user_id", By.USER,
            "host", By.HOST,
            "request_id", By.REQUEST);

    private Trail() {}

    /** The newest first; a page backwards is read the other way round. */
    static LogQuery query(ListRequest asked, int limit) {
        var filters = filters(asked);
        var values = new EnumMap<By, List<String>>(By.class);
        KEYS.forEach((name, key) -> {
            if (filters.containsKey(name)) {
                values.put(key, filters.get(name));
            }
        });
        if (filters.containsKey("type") || filters.containsKey("object_type")) {
            values.put(By.WHAT, what(oneOf(filters, "type"), oneOf(filters, "object_type")));
        }
        return new LogQuery(values, from(asked), asked.reverse(), limit);
    }

    private static Map<String, List<String>> filters(ListRequest asked) {
        var filters = new HashMap<String, List<String>>();
        for (var condition : asked.conditions()) {
            if (condition instanceof Condition.In(var attribute, var wanted)) {
                filters.put(
                        attribute.name(),
                        wanted.stream()
                                .map(value -> String.valueOf(Query.comparable(value)))
                                .toList());
            }
        }
        return filters;
    }

    private static Predicate<String> oneOf(Map<String, List<String>> filters, String name) {
        var wanted = filters.get(name);
        return wanted == null ? value -> true : wanted::contains;
    }

    /** All answers of hosts are about ports. */
    private static List<String> what(Predicate<String> type, Predicate<String> object) {
        var what = new ArrayList<String>();
        for (var resource : Catalogue.STORED) {
            KINDS.forEach((name, kind) -> {
                if (type.test(name) && object.test(resource.member())) {
                    what.add(what(resource, kind));
                }
            });
        }
        if (type.test("reported") && object.test(Catalogue.PORT.member())) {
            what.add(what(ANSWER, Kind.INSERT));
        }
        return what;
    }

    private static String what(Resource resource, Kind kind) {
        return resource.collection() + "/" + kind;
    }

    private static long from(ListRequest asked) {
        String marker = asked.marker();
        if (marker == null) {
            return asked.reverse() ? 0 : Long.MAX_VALUE;
        }
        try {
            long at = Long.parseLong(marker);
            return asked.reverse() ? Math.addExact(at, 1) : Math.subtractExact(at, 1);
        } catch (NumberFormatException | ArithmeticException e) {
            throw BadRequest.of("marker", "Marker '" + marker + "' is not the id of a change");
        }
    }
}
