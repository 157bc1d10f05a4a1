package io.isospin.core.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attribute of a resource.
 *
 * @param initial the value where a POST does not name the attribute; null: the attribute stays unspecified, and the
 *     resource's own rules decide
 * @param required whether a POST must name it
 * @param guarded whether policy is asked about setting it, beside the right to the resource
 * @param column the column of the resource's table that also holds the value, for an index; null where only the
 *     document has it
 * @param listed whether lists on the command line show it
 * @param shown whether answers have it; what only says how something is to be made they have not
 */
public record Attribute(
        String name,
        Type type,
        boolean inPost,
        boolean inPut,
        @Nullable JsonNode initial,
        boolean required,
        boolean guarded,
        boolean filter,
        boolean sort,
        @Nullable String column,
        boolean listed,
        boolean shown) {

    /** A read-only attribute that everyone sees; the methods below widen it. */
    public static Attribute of(String name, Type type) {
        return new Attribute(name, type, false, false, null, false, false, false, false, null, false, true);
    }

    /** May be given when creating; absent means {@code initial}. */
    public Attribute post(JsonNode initial) {
        return new Attribute(name, type, true, inPut, initial, false, guarded, filter, sort, column, listed, shown);
    }

    /** May be given when creating; absent stays distinct from every value. */
    public Attribute post() {
        return new Attribute(name, type, true, inPut, null, false, guarded, filter, sort, column, listed, shown);
    }

    public Attribute mustPost() {
        return new Attribute(name, type, true, inPut, null, true, guarded, filter, sort, column, listed, shown);
    }

    public Attribute put() {
        return new Attribute(name, type, inPost, true, initial, required, guarded, filter, sort, column, listed, shown);
    }

    /** Setting it asks for a right of its own, {@code create_network:shared}. */
    public Attribute guard() {
        return new Attribute(name, type, inPost, inPut, initial, required, true, filter, sort, column, listed, shown);
    }

    /** May be filtered and sorted by. */
    public Attribute query() {
        return new Attribute(name, type, inPost, inPut, initial, required, guarded, true, true, column, listed, shown);
    }

    /** May be filtered but not sorted by. */
    public Attribute filterOnly() {
        return new Attribute(name, type, inPost, inPut, initial, required, guarded, true, false, column, listed, shown);
    }

    /** May be sorted by but not filtered. */
    public Attribute sortOnly() {
        return new Attribute(name, type, inPost, inPut, initial, required, guarded, false, true, column, listed, shown);
    }

    public Attribute column(String column) {
        return new Attribute(
                name, type, inPost, inPut, initial, required, guarded, filter, sort, column, listed, shown);
    }

    public Attribute inLists() {
        return new Attribute(name, type, inPost, inPut, initial, required, guarded, filter, sort, column, true, shown);
    }

    /** Answers do not have it. */
    public Attribute unshown() {
        return new Attribute(
                name, type, inPost, inPut, initial, required, guarded, filter, sort, column, listed, false);
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
