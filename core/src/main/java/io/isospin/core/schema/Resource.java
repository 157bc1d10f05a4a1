package io.isospin.core.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource of the API.
 *
 * @param member the key of one in a body, {@code network}
 * @param collection the key of several, and the table that holds them, {@code networks}
 * @param path the collection's name in a URL, {@code address-scopes}
 * @param quota whether a project's number of them is limited
 */
public record Resource(
        String member, String collection, String path, boolean quota, Map<String, Attribute> attributes) {

    public static Resource of(String member, String collection, boolean quota, List<Attribute> attributes) {
        var byName = new LinkedHashMap<String, Attribute>();
        attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
        return new Resource(
                member, collection, collection.replace('_', '-'), quota, Collections.unmodifiableMap(byName));
    }

    /** The same resource with an attribute more, as a server has it where a setting asks for it. */
    Resource with(Attribute more) {
        var all = new LinkedHashMap<>(attributes);
        all.put(more.name(), more);
        return new Resource(member, collection, path, quota, Collections.unmodifiableMap(all));
    }

    public Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /**
     * The named attributes where all are texts with columns of their own, so that no document need be read. A column has
     * an empty text for null, so what may be null is none of them.
     */
    public Optional<List<Attribute>> textColumns(List<String> names) {
        var found = names.stream().flatMap(name -> attribute(name).stream()).toList();
        boolean all = !found.isEmpty()
                && found.size() == names.size()
                && found.stream()
                        .allMatch(one -> one.column() != null
                                && !one.type().equals(ScalarTypes.BOOLEAN)
                                && !one.type().schema().hasNull());
        return all ? Optional.of(found) : Optional.empty();
    }

    /** There is one table for each collection, so the name is the identity. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Resource resource && resource.collection.equals(collection);
    }

    @Override
    public int hashCode() {
        return collection.hashCode();
    }
}
