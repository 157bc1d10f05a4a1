package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.BOOLEAN;
import static io.isospin.core.schema.ScalarTypes.COUNT;
import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.nonEmptyText;
import static io.isospin.core.schema.ScalarTypes.oneOfIntegers;

import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/** The resources that addresses of subnets come from. */
final class Addressing {
    /** Not {@code COUNT} itself: answers show lengths as text, and so filters compare them. */
    private static final Type LENGTH = Type.of(Schema.pattern("^[0-9]{1,3}$", "24"), COUNT.accepted(), COUNT::convert);

    static final Resource SUBNETPOOL = Owned.resource(
            "subnetpool",
            "subnetpools",
            Attribute.of("name", nonEmptyText(255))
                    .mustPost()
                    .put()
                    .query()
                    .column("name")
                    .inLists(),
            Attribute.of("prefixes", StructuredTypes.PREFIXES).mustPost().put().inLists(),
            Attribute.of("default_quota", COUNT.nullInAnswers()).post().put().query(),
            Attribute.of("ip_version", oneOfIntegers(4, 6)).query(),
            Attribute.of("default_prefixlen", LENGTH).post().put().query().inLists(),
            Attribute.of("min_prefixlen", LENGTH).post().put().query(),
            Attribute.of("max_prefixlen", LENGTH).post().put().query(),
            Attribute.of("shared", BOOLEAN)
                    .post(BooleanNode.FALSE)
                    .query()
                    .guard()
                    .column("shared"),
            Attribute.of("address_scope_id", ID.orNull())
                    .post(NullNode.instance)
                    .put()
                    .query()
                    .column("address_scope_id")
                    .inLists(),
            Attribute.of("is_default", BOOLEAN)
                    .post(BooleanNode.FALSE)
                    .put()
                    .query()
                    .guard()
                    .inLists());

    static final Resource ADDRESS_SCOPE = Owned.plain(
            "address_scope",
            "address_scopes",
            Attribute.of("shared", BOOLEAN)
                    .post(BooleanNode.FALSE)
                    .put()
                    .query()
                    .guard()
                    .column("shared"),
            Attribute.of("ip_version", oneOfIntegers(4, 6)).mustPost().query().inLists());

    private Addressing() {}
}
