package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.BOOLEAN;
import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.INTEGER;
import static io.isospin.core.schema.ScalarTypes.TIME;
import static io.isospin.core.schema.ScalarTypes.integer;
import static io.isospin.core.schema.ScalarTypes.oneOf;
import static io.isospin.core.schema.ScalarTypes.text;
import static io.isospin.core.schema.StructuredTypes.DICTIONARY;

import java.util.List;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** How networks lie on hosts: which agents serve them, and over which segments they run. */
public final class Segmentation {
    private static final StringNode EMPTY = StringNode.valueOf("");

    /** One of the ways in which a network runs between hosts. */
    public static final Resource SEGMENT = Resource.of(
            "segment",
            "segments",
            false,
            List.of(
                    Attribute.of("id", ID).query().column("id").inLists(),
                    Attribute.of("network_id", ID)
                            .mustPost()
                            .query()
                            .column("network_id")
                            .inLists(),
                    Attribute.of("physical_network", text(64).nullInAnswers())
                            .post()
                            .query(),
                    Attribute.of("network_type", text(32)).mustPost().query().inLists(),
                    Attribute.of("segmentation_id", INTEGER.nullInAnswers())
                            .post()
                            .sortOnly()
                            .inLists(),
                    Attribute.of("name", text(255).orNull())
                            .post(NullNode.instance)
                            .put()
                            .query()
                            .inLists(),
                    Attribute.of("description", text(255).orNull())
                            .post(NullNode.instance)
                            .put()
                            .query(),
                    Attribute.of("created_at", TIME).query(),
                    Attribute.of("updated_at", TIME).query(),
                    Attribute.of("revision_number", INTEGER).query()));

    /** Segmentation ids out of which the server chooses those of tenants' networks. */
    public static final Resource SEGMENT_RANGE = Resource.of(
            "network_segment_range",
            "network_segment_ranges",
            false,
            List.of(
                    Attribute.of("id", ID).query().column("id").inLists(),
                    Attribute.of("name", text(255)).post(EMPTY).put().query().inLists(),
                    Attribute.of("default", BOOLEAN).inLists(),
                    Attribute.of("shared", BOOLEAN).post(BooleanNode.TRUE).inLists(),
                    Attribute.of("project_id", text(255).nullInAnswers())
                            .post()
                            .query()
                            .inLists(),
                    Attribute.of("network_type", oneOf("vlan", "vxlan", "gre", "geneve"))
                            .mustPost()
                            .query()
                            .column("network_type")
                            .inLists(),
                    Attribute.of("physical_network", text(64).nullInAnswers())
                            .post()
                            .query()
                            .inLists(),
                    Attribute.of("minimum", integer(1, Integer.MAX_VALUE))
                            .mustPost()
                            .put()
                            .inLists(),
                    Attribute.of("maximum", integer(1, Integer.MAX_VALUE))
                            .mustPost()
                            .put()
                            .inLists(),
                    Attribute.of("used", Type.shown(Schema.mapOf(Schema.of("string")))),
                    Attribute.of("available", Type.shown(Schema.listOf(Schema.integer()))),
                    Attribute.of("description", text(255)).post(EMPTY).put().query(),
                    Attribute.of("tags", StructuredTypes.TAGS).filterOnly(),
                    Attribute.of("created_at", TIME).query(),
                    Attribute.of("updated_at", TIME).query(),
                    Attribute.of("revision_number", INTEGER).query()));

    /**
     * A DHCP agent's place in a network, which no client sees by itself. A seat without an agent is vacant: the network
     * waits for one.
     */
    public static final Resource DHCP_SEAT = Resource.of(
            "dhcp_seat",
            "dhcp_seats",
            false,
            List.of(
                    Attribute.of("id", ID).column("id"),
                    Attribute.of("network_id", ID).column("network_id"),
                    Attribute.of("agent_id", text(36)).column("agent_id")));

    /** Where agents of a kind stand. It follows from the agents, so it is nowhere stored. */
    public static final Resource AVAILABILITY_ZONE = new Resource(
            "availability_zone",
            "availability_zones",
            "availability_zones",
            false,
            Resource.of(
                            "availability_zone",
                            "availability_zones",
                            false,
                            List.of(
                                    Attribute.of("name", text(255)).filterOnly().inLists(),
                                    Attribute.of("resource", text(255))
                                            .filterOnly()
                                            .inLists(),
                                    Attribute.of("state", text(255))
                                            .filterOnly()
                                            .inLists()))
                    .attributes());

    /** A binding of a port to a host beside its active one, which Nova asks for below the port. */
    public static final Resource PORT_BINDING = Resource.of(
            "binding",
            "port_bindings",
            false,
            List.of(
                    Attribute.of("id", ID).column("id").unshown(),
                    Attribute.of("port_id", ID).column("port_id").unshown(),
                    Attribute.of("network_id", ID).column("network_id").unshown(),
                    Attribute.of("host", text(255)).mustPost().put().column("host_id"),
                    Attribute.of("vif_type", text(64)).column("vif_type"),
                    Attribute.of("vif_details", DICTIONARY),
                    Attribute.of("vnic_type", PortTypes.VNIC)
                            .post(StringNode.valueOf("normal"))
                            .put(),
                    Attribute.of("profile", DICTIONARY)
                            .post(JsonNodeFactory.instance.objectNode())
                            .put(),
                    Attribute.of("status", text(16)),
                    Attribute.of("project_id", text(255)).post().unshown()));

    private Segmentation() {}
}
