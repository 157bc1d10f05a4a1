package io.isospin.server.store;

import io.isospin.core.schema.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which documents of a resource, in which order.
 *
 * @param conditions all must hold
 * @param sort the order; the id is always the last key
 * @param limit at most so many; 0 for all
 * @param marker the document after which a page starts
 */
public record Query(
        List<Condition> conditions,
        List<Sort> sort,
        int limit,
        @Nullable ObjectNode marker) {
    public static final Query ALL = new Query(List.of(), List.of(), 0, null);

    public static Query where(Condition... conditions) {
        return new Query(List.of(conditions), List.of(), 0, null);
    }

    public Query limit(int limit) {
        return new Query(conditions, sort, limit, marker);
    }

    /** The same after another document. */
    public Query after(ObjectNode document) {
        return new Query(conditions, sort, limit, document);
    }

    public Query and(Condition condition) {
        var all = new ArrayList<>(conditions);
        all.add(condition);
        return new Query(List.copyOf(all), sort, limit, marker);
    }

    /** A value as conditions and orders compare it: 0 and 1 for booleans, numbers, and text, which is empty for none. */
    public static Object comparable(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue() ? 1L : 0L;
            case NUMBER -> value.longValue();
            case NULL, MISSING -> "";
            default -> value.asString();
        };
    }

    /** One condition on a document. */
    public sealed interface Condition {
        /** The attribute is one of the values; null is a value too. */
        record In(Attribute attribute, List<JsonNode> values) implements Condition {}

        /** The attribute is none of the values. */
        record NotIn(Attribute attribute, List<JsonNode> values) implements Condition {}

        /** The attribute, a time, is not before another: or it is, where {@code is} is false; both where it has both. */
        record Since(Attribute attribute, String time, List<Boolean> is) implements Condition {}

        /** A network has a segment of which the attribute is one of the values. */
        record HasSegment(Attribute attribute, List<JsonNode> values) implements Condition {}

        /** It is shared with the project or with everyone; or it is not. */
        record SharedWith(String project, boolean is) implements Condition {}

        /** The project owns it, or it is shared with the project, or a network that it owns makes it visible. */
        record VisibleTo(String project) implements Condition {}

        /** A port has one of the addresses. */
        record HasAddress(List<String> addresses) implements Condition {}

        /** A port has an address in one of the subnets. */
        record HasAddressIn(List<String> subnets) implements Condition {}

        /** It carries all of the tags, or any of them; or, where {@code not}, it does not. */
        record Tagged(List<String> tags, boolean all, boolean not) implements Condition {}

        /** A port has an address whose text contains one of the parts. */
        record HasAddressLike(List<String> parts) implements Condition {}
    }

    /** A sort key. */
    public record Sort(Attribute attribute, boolean descending) {}
}
