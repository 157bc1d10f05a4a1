package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.INTEGER;
import static io.isospin.core.schema.ScalarTypes.text;

import java.util.stream.Stream;
import tools.jackson.databind.node.StringNode;

/** What resources that a project owns have around their own attributes, Neutron's standard attributes. */
final class Owned {
    private static final StringNode EMPTY = StringNode.valueOf("");

    private Owned() {}

    static Resource resource(String member, String collection, Attribute... own) {
        var head = Stream.of(
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
        var tail = Stream.of(
                Attribute.of("description", text(255)).post(EMPTY).put().query(),
                Attribute.of("created_at", text(32)).query(),
                Attribute.of("updated_at", text(32)).query(),
                Attribute.of("revision_number", INTEGER).query());
        return Resource.of(
                member,
                collection,
                true,
                Stream.of(head, Stream.of(own), tail).flatMap(part -> part).toList());
    }
}
