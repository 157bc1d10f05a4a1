package io.isospin.core.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attribute of a resource.
 *
 * @param initial the value where a POST does not name the attribute; null: the attribute stays unspecified, and the
 *     resource's own rules decide
 * @param required whether a POST must name it
 * @param column the column of the resource's table that also holds the value, for an index; null where only the
 *     document has it
 * @param listed whether lists on the command line show it
 */
public record Attribute(
        String name,
        Type type,
        boolean inPost,
        boolean inPut,
        @Nullable JsonNode initial,
        boolean required,
        Audience seenBy,
        Audience setBy,
        boolean filter,
        boolean sort,
        @Nullable String column,
        boolean listed) {

    /** A read-only attribute that everyone sees; the methods below widen it. */
    public static Attribute of(String name, Type type) {
        return new Attribute(
                name, type, false, false, null, false, Audience.ANYONE, Audience.ANYONE, false, false, null, false);
    }

    /** May be given when creating; absent means {@code initial}. */
    public Attribute post(JsonNode initial) {
        return new Attribute(name, type, true, inPut, initial, false, seenBy, setBy, filter, sort, column, listed);
    }

    /** May be given when creating; absent stays distinct from every value. */
    public Attribute post() {
        return new Attribute(name, type, true, inPut, null, false, seenBy, setBy, filter, sort, column, listed);
    }

    public Attribute mustPost() {
        return new Attribute(name, type, true, inPut, null, true, seenBy, setBy, filter, sort, column, listed);
    }

    public Attribute put() {
        return new Attribute(name, type, inPost, true, initial, required, seenBy, setBy, filter, sort, column, listed);
    }

    public Attribute seenBy(Audience audience) {
        return new Attribute(
                name, type, inPost, inPut, initial, required, audience, setBy, filter, sort, column, listed);
    }

    public Attribute setBy(Audience audience) {
        return new Attribute(
                name, type, inPost, inPut, initial, required, seenBy, audience, filter, sort, column, listed);
    }

    /** May be filtered and sorted by. */
    public Attribute query() {
        return new Attribute(name, type, inPost, inPut, initial, required, seenBy, setBy, true, true, column, listed);
    }

    /** May be filtered but not sorted by. */
    public Attribute filterOnly() {
        return new Attribute(name, type, inPost, inPut, initial, required, seenBy, setBy, true, false, column, listed);
    }

    public Attribute column(String column) {
        return new Attribute(name, type, inPost, inPut, initial, required, seenBy, setBy, filter, sort, column, listed);
    }

    public Attribute inLists() {
        return new Attribute(name, type, inPost, inPut, initial, required, seenBy, setBy, filter, sort, column, true);
    }

    /** {@code value} in canonical form, or Neutron's 400. */
    public JsonNode convert(JsonNode value) {
        try {
            return type.convert(value);
        } catch (InvalidValue e) {
            throw new InvalidRequest("Invalid input for " + name + ". Reason: " + e.getMessage() + ".");
        }
    }
}
