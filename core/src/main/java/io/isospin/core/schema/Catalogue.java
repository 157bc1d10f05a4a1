package io.isospin.core.schema;

import static io.isospin.core.schema.PortTypes.ADDRESS_PAIRS;
import static io.isospin.core.schema.PortTypes.EXTRA_DHCP_OPTIONS;
import static io.isospin.core.schema.ScalarTypes.ADDRESS;
import static io.isospin.core.schema.ScalarTypes.BOOLEAN;
import static io.isospin.core.schema.ScalarTypes.COUNT;
import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.INTEGER;
import static io.isospin.core.schema.ScalarTypes.MAC;
import static io.isospin.core.schema.ScalarTypes.PREFIX;
import static io.isospin.core.schema.ScalarTypes.integer;
import static io.isospin.core.schema.ScalarTypes.lowerCase;
import static io.isospin.core.schema.ScalarTypes.nonEmptyText;
import static io.isospin.core.schema.ScalarTypes.oneOf;
import static io.isospin.core.schema.ScalarTypes.oneOfIntegers;
import static io.isospin.core.schema.ScalarTypes.text;
import static io.isospin.core.schema.SegmentationTypes.PROVIDER_SEGMENTS;
import static io.isospin.core.schema.SegmentationTypes.ZONE_HINTS;
import static io.isospin.core.schema.StructuredTypes.ALLOCATION_POOLS;
import static io.isospin.core.schema.StructuredTypes.DICTIONARY;
import static io.isospin.core.schema.StructuredTypes.FIXED_IPS;
import static io.isospin.core.schema.StructuredTypes.HOST_ROUTES;
import static io.isospin.core.schema.StructuredTypes.NAMESERVERS;
import static io.isospin.core.schema.StructuredTypes.SERVICE_TYPES;
import static io.isospin.core.schema.StructuredTypes.TAGS;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** The resources of the API with their attributes, in the order in which answers show them. */
public final class Catalogue {
    private static final JsonNode EMPTY = StringNode.valueOf("");
    private static final JsonNode YES = BooleanNode.TRUE;
    private static final JsonNode NO = BooleanNode.FALSE;
    private static final JsonNode NONE = NullNode.instance;
    private static final JsonNode EMPTY_LIST = JsonNodeFactory.instance.arrayNode();
    /** A subnet pool's id, or the name of the one that a provider's router delegates from. */
    private static final Type POOL = Type.of(
            Schema.anyOf(ID.schema(), Schema.oneOf(List.of("prefix_delegation"))),
            value -> value.asString("").equals("prefix_delegation") ? value : ID.convert(value));

    private static final Type IPV6_MODE =
            oneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac").orNull();

    public static final Resource NETWORK = Owned.resource(
            "network",
            "networks",
            Attribute.of("admin_state_up", BOOLEAN).post(YES).put().query(),
            Attribute.of("mtu", integer(0, 65535)).post().put().query().guard(),
            Attribute.of("shared", BOOLEAN).post(NO).put().query().guard().column("shared"),
            Attribute.of("router:external", BOOLEAN)
                    .post(NO)
                    .put()
                    .query()
                    .guard()
                    .column("is_external"),
            Attribute.of("provider:network_type", nonEmptyText(32).nullInAnswers())
                    .post()
                    .put()
                    .query()
                    .guard(),
            Attribute.of("provider:physical_network", nonEmptyText(64).nullInAnswers())
                    .post()
                    .put()
                    .query()
                    .guard(),
            Attribute.of("provider:segmentation_id", INTEGER.nullInAnswers())
                    .post()
                    .put()
                    .query()
                    .guard(),
            Attribute.of("segments", PROVIDER_SEGMENTS).post().put().guard(),
            Attribute.of("status", text(16)).query(),
            Attribute.of("l2_adjacency", BOOLEAN),
            Attribute.of("availability_zone_hints", ZONE_HINTS).post(EMPTY_LIST).sortOnly(),
            Attribute.of("availability_zones", Type.shown(Schema.listOf(Schema.of("string")))),
            Attribute.of("subnets", Type.shown(Schema.listOf(ID.schema()))).inLists(),
            Attribute.of("dns_domain", DnsTypes.DOMAIN).post(EMPTY).put(),
            Attribute.of("ipv4_address_scope", ID.orNull()),
            Attribute.of("ipv6_address_scope", ID.orNull()));

    /** Networks where {@code [DEFAULT] vlan_transparent} is set. */
    public static final Resource TRANSPARENT_NETWORK = NETWORK.with(
            Attribute.of("vlan_transparent", BOOLEAN.nullInAnswers()).post().query());

    public static final Resource SUBNET = Owned.resource(
            "subnet",
            "subnets",
            Attribute.of("network_id", ID).mustPost().query().column("network_id"),
            Attribute.of("ip_version", oneOfIntegers(4, 6)).mustPost().query(),
            Attribute.of("cidr", PREFIX.orNull()).post().query().inLists(),
            Attribute.of("gateway_ip", ADDRESS.orNull()).post().put().query(),
            Attribute.of("allocation_pools", ALLOCATION_POOLS).post().put().inLists(),
            Attribute.of("dns_nameservers", NAMESERVERS).post(EMPTY_LIST).put(),
            Attribute.of("host_routes", HOST_ROUTES).post(EMPTY_LIST).put(),
            Attribute.of("enable_dhcp", BOOLEAN).post(YES).put().query(),
            Attribute.of("ipv6_ra_mode", IPV6_MODE).post(NONE).query(),
            Attribute.of("ipv6_address_mode", IPV6_MODE).post(NONE).query(),
            Attribute.of("subnetpool_id", POOL.orNull()).post(NONE).query().column("subnetpool_id"),
            Attribute.of("segment_id", ID.orNull())
                    .post(NONE)
                    .put()
                    .query()
                    .guard()
                    .column("segment_id"),
            Attribute.of("dns_publish_fixed_ip", BOOLEAN).post(NO).put(),
            Attribute.of("service_types", SERVICE_TYPES).post(EMPTY_LIST).put(),
            Attribute.of("prefixlen", COUNT).post().unshown(),
            Attribute.of("use_default_subnetpool", BOOLEAN).post(NO).unshown());

    public static final Resource PORT = Owned.resource(
            "port",
            "ports",
            Attribute.of("network_id", ID).mustPost().query().column("network_id"),
            Attribute.of("admin_state_up", BOOLEAN).post(YES).put().query(),
            Attribute.of("mac_address", MAC.orNull())
                    .post()
                    .put()
                    .query()
                    .guard()
                    .column("mac_address")
                    .inLists(),
            Attribute.of("fixed_ips", FIXED_IPS)
                    .post()
                    .put()
                    .filterOnly()
                    .inLists()
                    .guard(),
            Attribute.of("device_id", text(255)).post(EMPTY).put().query().column("device_id"),
            Attribute.of("device_owner", text(255))
                    .post(EMPTY)
                    .put()
                    .query()
                    .column("device_owner")
                    .guard(),
            Attribute.of("status", text(16)).query().inLists(),
            Attribute.of("ip_allocation", text(16)).query(),
            Attribute.of("propagate_uplink_status", BOOLEAN).post(YES).put(),
            Attribute.of("data_plane_status", PortTypes.DATA_PLANE_STATUS).put().guard(),
            Attribute.of("device_profile", text(255).orNull()).post(NONE),
            Attribute.of("allowed_address_pairs", ADDRESS_PAIRS)
                    .post(EMPTY_LIST)
                    .put()
                    .guard(),
            Attribute.of("extra_dhcp_opts", EXTRA_DHCP_OPTIONS).post(EMPTY_LIST).put(),
            Attribute.of("binding:host_id", text(255).orNull())
                    .post(EMPTY)
                    .put()
                    .query()
                    .column("host_id")
                    .guard(),
            Attribute.of("binding:vnic_type", PortTypes.VNIC)
                    .post(StringNode.valueOf("normal"))
                    .put()
                    .query()
                    .guard(),
            Attribute.of("binding:profile", DICTIONARY)
                    .post(JsonNodeFactory.instance.objectNode())
                    .put()
                    .guard(),
            Attribute.of("binding:vif_type", text(64)).query(),
            Attribute.of("binding:vif_details", DICTIONARY),
            Attribute.of("dns_name", DnsTypes.NAME).post(EMPTY).put(),
            Attribute.of("dns_domain", DnsTypes.DOMAIN).post(EMPTY).put(),
            Attribute.of("dns_assignment", DnsTypes.ASSIGNMENT),
            Attribute.of("tags", TAGS).post(EMPTY_LIST).filterOnly());

    public static final Resource SUBNETPOOL = Addressing.SUBNETPOOL;
    public static final Resource ADDRESS_SCOPE = Addressing.ADDRESS_SCOPE;

    public static final Resource RBAC_POLICY = Resource.of(
            "rbac_policy",
            "rbac_policies",
            true,
            List.of(
                    Attribute.of("id", ID).filterOnly().column("id").inLists(),
                    Attribute.of("object_type", lowerCase())
                            .mustPost()
                            .filterOnly()
                            .column("object_type")
                            .guard()
                            .inLists(),
                    Attribute.of("object_id", ID)
                            .mustPost()
                            .filterOnly()
                            .column("object_id")
                            .guard()
                            .inLists(),
                    Attribute.of("target_tenant", text(255))
                            .mustPost()
                            .put()
                            .filterOnly()
                            .column("target_tenant")
                            .guard(),
                    Attribute.of("tenant_id", text(255)).post().filterOnly().column("project_id"),
                    Attribute.of("project_id", text(255)).post().filterOnly().column("project_id"),
                    Attribute.of("action", text(255))
                            .mustPost()
                            .filterOnly()
                            .column("action")
                            .guard()));

    public static final Resource AGENT = Resource.of(
            "agent",
            "agents",
            false,
            List.of(
                    Attribute.of("id", ID).query().column("id").inLists(),
                    Attribute.of("agent_type", text(255))
                            .query()
                            .column("agent_type")
                            .inLists(),
                    Attribute.of("host", text(255)).query().column("agent_host").inLists(),
                    Attribute.of("availability_zone", text(255).nullInAnswers())
                            .query()
                            .inLists(),
                    Attribute.of("alive", BOOLEAN).query().inLists(),
                    Attribute.of("admin_state_up", BOOLEAN).put().query().inLists(),
                    Attribute.of("binary", text(255)).query().inLists(),
                    Attribute.of("topic", text(255)).query(),
                    Attribute.of("created_at", text(32)).query(),
                    Attribute.of("started_at", text(32)).query(),
                    Attribute.of("heartbeat_timestamp", text(32)).query(),
                    Attribute.of("configurations", DICTIONARY),
                    Attribute.of("resources_synced", BOOLEAN.orNull()),
                    Attribute.of("description", text(255).nullInAnswers()).put().query()));

    /** The resources with a collection of their own, by the name of the collection in a URL. */
    public static final List<Resource> ALL = List.of(
            NETWORK,
            SUBNET,
            PORT,
            SUBNETPOOL,
            ADDRESS_SCOPE,
            RBAC_POLICY,
            Segmentation.SEGMENT,
            Segmentation.SEGMENT_RANGE,
            AGENT,
            Wiring.WIRING);

    /** All that is stored in a table of its own: also what no client sees by itself. */
    public static final List<Resource> STORED = Stream.concat(
                    ALL.stream(), Stream.of(Segmentation.DHCP_SEAT, Segmentation.PORT_BINDING))
            .toList();

    private Catalogue() {}
}
