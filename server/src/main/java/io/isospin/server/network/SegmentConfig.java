package io.isospin.server.network;

import io.isospin.core.config.Settings;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.server.store.ItemRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the ML2 file offers networks to be carried on.
 *
 * @param flatNetworks the physical networks that may be flat; {@code *} for any
 * @param vlanRanges each physical network that has VLANs, with the ranges for tenants (none: administrators only)
 * @param vniRanges the VXLAN identifiers for tenants
 * @param externalType the type of an external network that names none; empty for the tenants' types
 * @param physicalMtu the MTU of the physical networks, which encapsulation takes its share from; 0 for unknown
 * @param physicalMtus the MTU of physical networks that differ
 * @param pathMtu the MTU between tunnel endpoints; 0 for the physical one
 * @param overlay the version of the headers between tunnel endpoints
 * @param vlanTransparent whether networks may be asked to carry instances' own VLAN tags, which all of these do
 */
public record SegmentConfig(
        List<String> typeDrivers,
        List<String> tenantTypes,
        List<String> flatNetworks,
        Map<String, List<ItemRange>> vlanRanges,
        List<ItemRange> vniRanges,
        String externalType,
        int physicalMtu,
        Map<String, Integer> physicalMtus,
        int pathMtu,
        IpVersion overlay,
        boolean vlanTransparent) {

    public static SegmentConfig of(Settings settings) {
        return new SegmentConfig(
                settings.list("ml2", "type_drivers", List.of("local", "flat", "vlan", "gre", "vxlan", "geneve")),
                settings.list("ml2", "tenant_network_types", List.of("local")),
                settings.list("ml2_type_flat", "flat_networks", List.of("*")),
                vlanRanges(settings),
                vniRanges(settings),
                settings.text("ml2", "external_network_type", ""),
                settings.integer("DEFAULT", "global_physnet_mtu", 1500, 0, 65535),
                physicalMtus(settings),
                settings.integer("ml2", "path_mtu", 0, 0, 65535),
                settings.value("ml2", "overlay_ip_version", IpVersion.V4, SegmentConfig::version),
                settings.bool("DEFAULT", "vlan_transparent", false));
    }

    private static IpVersion version(String text) {
        return switch (text) {
            case "4" -> IpVersion.V4;
            case "6" -> IpVersion.V6;
            default -> throw new IllegalArgumentException("Write 4 or 6");
        };
    }

    private static Map<String, Integer> physicalMtus(Settings settings) {
        var mtus = new LinkedHashMap<String, Integer>();
        settings.map("ml2", "physical_network_mtus").forEach((network, text) -> {
            try {
                mtus.put(network, Integer.parseInt(text));
            } catch (NumberFormatException e) {
                settings.fault(
                        "ml2",
                        "physical_network_mtus",
                        "'" + text + "' is not an MTU",
                        "Write PHYSICAL_NETWORK:MTU, separated by commas");
            }
        });
        return mtus;
    }

    private static Map<String, List<ItemRange>> vlanRanges(Settings settings) {
        var ranges = new LinkedHashMap<String, List<ItemRange>>();
        for (var entry : settings.list("ml2_type_vlan", "network_vlan_ranges", List.of())) {
            var parts = entry.split(":", -1);
            var list = ranges.computeIfAbsent(parts[0].strip(), key -> new ArrayList<>());
            if (parts.length == 1 && !parts[0].isBlank()) {
                continue;
            }
            if (parts.length != 3 || parts[0].isBlank() || !add(list, parts[1], parts[2], VlanId.MAX)) {
                settings.fault(
                        "ml2_type_vlan",
                        "network_vlan_ranges",
                        "'" + entry + "' is not a range of VLANs",
                        "Write PHYSICAL_NETWORK, or PHYSICAL_NETWORK:FIRST:LAST with ids of 1 to " + VlanId.MAX);
            }
        }
        return ranges;
    }

    private static List<ItemRange> vniRanges(Settings settings) {
        var ranges = new ArrayList<ItemRange>();
        for (var entry : settings.list("ml2_type_vxlan", "vni_ranges", List.of())) {
            var parts = entry.split(":", -1);
            if (parts.length != 2 || !add(ranges, parts[0], parts[1], Vni.MAX)) {
                settings.fault(
                        "ml2_type_vxlan",
                        "vni_ranges",
                        "'" + entry + "' is not a range of VNIs",
                        "Write FIRST:LAST with VNIs of 1 to " + Vni.MAX);
            }
        }
        return ranges;
    }

    private static boolean add(List<ItemRange> ranges, String first, String last, int highest) {
        try {
            int from = Integer.parseInt(first.strip());
            int to = Integer.parseInt(last.strip());
            if (from < 1 || from > to || to > highest) {
                return false;
            }
            ranges.add(ItemRange.of(from, to));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
