package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.INTEGER;
import static io.isospin.core.schema.ScalarTypes.TIME;
import static io.isospin.core.schema.ScalarTypes.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.StringNode;

/**
 * What resources that a project owns have around their own attributes. An own attribute of the same name takes the
 * place of one here.
 */
final class Owned {
    private static final StringNode EMPTY = StringNode.valueOf("");

    private Owned() {}

    /** With Neutron's standard attributes, tags among them. */
    static Resource resource(String member, String collection, Attribute... own) {
        return of(
                member,
                collection,
                true,
                own,
                description(),
                Attribute.of("tags", StructuredTypes.TAGS).filterOnly(),
                time("created_at"),
                time("updated_at"),
                revision());
    }

    /** With the standard attributes but no tags. */
    static Resource untagged(String member, String collection, Attribute... own) {
        return of(member, collection, true, own, description(), time("created_at"), time("updated_at"), revision());
    }

    /** With an id, a name and an owner, but none of the standard attributes, and not counted. */
    static Resource plain(String member, String collection, Attribute... own) {
        return of(member, collection, false, own);
    }

    private static Resource of(
            String member, String collection, boolean quota, Attribute[] own, Attribute... standard) {
        var attributes = new LinkedHashMap<String, Attribute>();
        head().forEach(attribute -> attributes.put(attribute.name(), attribute));
        Stream.of(own).forEach(attribute -> attributes.put(attribute.name(), attribute));
        Stream.of(standard).forEach(attribute -> attributes.putIfAbsent(attribute.name(), attribute));
        return Resource.of(member, collection, quota, List.copyOf(attributes.values()));
    }

    private static Stream<Attribute> head() {
        return Stream.of(
                Attribute.of("id", ID).query().column("id").inLists(),
                Attribute.of("name", text(255))
                        .post(EMPTY)
                        .put()
                        .query()
                        .column("name")
                        .inLists(),
                Attribute.of("tenant_id", text(255))
                        .post()
                        .query()
                        .column("project_id")
                        .inLists(),
                Attribute.of("project_id", text(255)).post().query().column("project_id"));
    }

    private static Attribute description() {
        return Attribute.of("description", text(255)).post(EMPTY).put().query();
    }

    private static Attribute time(String name) {
        return Attribute.of(name, TIME).query();
    }

    private static Attribute revision() {
        return Attribute.of("revision_number", INTEGER).query();
    }
}
