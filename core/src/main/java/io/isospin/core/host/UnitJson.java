package io.isospin.core.host;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;

/** Reads units; {@link HostJsonWriter} writes them under the same names. */
final class UnitJson {
    private UnitJson() {}

    static Unit.Key key(JsonFields fields) {
        return new Unit.Key(fields.choice("unit", Unit.Kind.class), fields.id("id"));
    }

    static Unit unit(JsonFields fields) {
        return switch (fields.choice("unit", Unit.Kind.class)) {
            case NETWORK ->
                new Unit.Network(
                        fields.id("id"),
                        segment(fields.object("segment")),
                        fields.integer("mtu"),
                        fields.flag("admin_up"));
            case PORT ->
                new Unit.Port(
                        fields.id("id"),
                        fields.id("network"),
                        fields.mac("mac"),
                        fields.addresses("addresses"),
                        fields.text("device_owner"),
                        fields.flag("admin_up"),
                        fields.flag("standby", false));
            case PEER ->
                new Unit.Peer(
                        fields.id("id"),
                        fields.id("network"),
                        fields.mac("mac"),
                        fields.addresses("addresses"),
                        fields.address("vtep"));
            case DHCP ->
                new Unit.Dhcp(
                        fields.id("id"),
                        fields.id("port"),
                        fields.mac("mac"),
                        fields.text("dns_domain"),
                        fields.integer("mtu"),
                        fields.objects("subnets", UnitJson::subnet));
            case RESERVATION ->
                new Unit.Reservation(
                        fields.id("id"),
                        fields.id("network"),
                        fields.mac("mac"),
                        fields.objects(
                                "addresses",
                                each -> new Unit.ReservedAddress(each.id("subnet"), each.address("address"))),
                        fields.textOrNull("dns_name"),
                        fields.objects(
                                "extra_options",
                                each -> new Unit.ExtraOption(
                                        each.text("name"), each.text("value"), each.integer("ip_version"))),
                        fields.textOrNull("device_id"),
                        fields.textOrNull("project_id"));
        };
    }

    private static Segment segment(JsonFields fields) {
        String type = fields.text("type");
        return switch (type) {
            case "flat" -> new Segment.Flat(fields.text("physical_network"));
            case "vlan" -> new Segment.Vlan(fields.text("physical_network"), new VlanId(fields.integer("id")));
            case "vxlan" -> new Segment.Vxlan(new Vni(fields.integer("id")));
            default -> throw new IllegalArgumentException("'" + type + "' is not a type of segment");
        };
    }

    private static Unit.DhcpSubnet subnet(JsonFields fields) {
        return new Unit.DhcpSubnet(
                fields.id("id"),
                IpPrefix.parse(fields.text("cidr")),
                fields.flag("enabled"),
                fields.addressOrNull("server_address"),
                fields.addressOrNull("gateway"),
                fields.addresses("dns_servers"),
                fields.objects(
                        "host_routes",
                        each -> new Unit.HostRoute(IpPrefix.parse(each.text("destination")), each.address("nexthop"))),
                fields.textOrNull("ipv6_address_mode"),
                fields.textOrNull("ipv6_ra_mode"));
    }
}
