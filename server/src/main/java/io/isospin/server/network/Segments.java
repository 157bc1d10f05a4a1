package io.isospin.server.network;

import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Unavailable;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the segments of networks, as the flat, vlan and vxlan type drivers of ML2 do. */
final class Segments {
    private final SegmentConfig config;

    Segments(SegmentConfig config) {
        this.config = config;
    }

    /** The segments of a new network, each free; one of the tenants' types where none is asked for. */
    List<Segment> choose(View view, String project, List<Wanted> wanted, boolean external) {
        if (wanted.isEmpty()) {
            return List.of(
                    external && !config.externalType().isEmpty()
                            ? choose(view, project, new Wanted(config.externalType(), null, null), Set.of())
                            : tenant(view, project));
        }
        var chosen = new ArrayList<Segment>();
        wanted.forEach(one -> chosen.add(choose(view, project, one, new HashSet<>(chosen))));
        return chosen;
    }

    /** {@code taken}: segments of the same network, which are not in the store yet. */
    Segment choose(View view, String project, Wanted wanted, Set<Segment> taken) {
        String type = wanted.type();
        if (type == null) {
            throw BadRequest.input("network_type required");
        }
        if (!config.typeDrivers().contains(type)) {
            throw BadRequest.input("network_type value '" + type + "' not supported");
        }
        var segment = switch (type) {
            case "flat" -> flat(wanted.physical(), wanted.id());
            case "vlan" -> vlan(view, project, wanted.physical(), wanted.id(), taken);
            case "vxlan" -> vxlan(view, project, wanted.physical(), wanted.id(), taken);
            default -> throw BadRequest.input("network_type value '" + type + "' not supported");
        };
        boolean used = view.owner(NetworkSegment.pool(segment), NetworkSegment.item(segment))
                .isPresent();
        if (used || taken.contains(segment)) {
            throw NetworkErrors.segmentInUse(segment);
        }
        return segment;
    }

    private Segment tenant(View view, String project) {
        for (var type : config.tenantTypes()) {
            Optional<Segment> found = switch (type) {
                case "vxlan" -> anyVni(view, project, Set.of());
                case "vlan" -> anyVlan(view, project, Set.of());
                default -> Optional.empty();
            };
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw exhausted();
    }

    private static Optional<Segment> anyVni(View view, String project, Set<Segment> taken) {
        var vnis = taken.stream()
                .flatMap(one -> one instanceof Segment.Vxlan(var vni) ? Stream.of(vni.value()) : Stream.empty())
                .collect(Collectors.toSet());
        return new SegmentRanges(view, "vxlan").draw("", project, vnis).map(id -> new Segment.Vxlan(new Vni(id)));
    }

    private static Optional<Segment> anyVlan(View view, String project, Set<Segment> taken) {
        var ranges = new SegmentRanges(view, "vlan");
        for (var physical : ranges.physicalNetworks()) {
            var vlan = anyVlan(ranges, physical, project, taken);
            if (vlan.isPresent()) {
                return vlan;
            }
        }
        return Optional.empty();
    }

    private static Optional<Segment> anyVlan(
            SegmentRanges ranges, String physical, String project, Set<Segment> taken) {
        var vlans = taken.stream()
                .flatMap(one -> one instanceof Segment.Vlan(var network, var vlan) && network.equals(physical)
                        ? Stream.of(vlan.value())
                        : Stream.empty())
                .collect(Collectors.toSet());
        return ranges.draw(physical, project, vlans).map(id -> new Segment.Vlan(physical, new VlanId(id)));
    }

    private Segment flat(@Nullable String physical, @Nullable Integer id) {
        if (physical == null) {
            throw BadRequest.input("physical_network required for flat provider network");
        }
        if (config.flatNetworks().isEmpty()) {
            throw BadRequest.input("Flat provider networks are disabled");
        }
        if (!config.flatNetworks().contains("*") && !config.flatNetworks().contains(physical)) {
            throw BadRequest.input("physical_network '" + physical + "' unknown for flat provider network");
        }
        if (id != null) {
            throw BadRequest.input("segmentation_id prohibited for flat provider network");
        }
        return new Segment.Flat(physical);
    }

    private Segment vlan(
            View view, String project, @Nullable String physical, @Nullable Integer id, Set<Segment> taken) {
        if (physical == null) {
            if (id != null) {
                throw BadRequest.input("segmentation_id requires physical_network for VLAN provider network");
            }
            return anyVlan(view, project, taken).orElseThrow(Segments::exhausted);
        }
        var ranges = new SegmentRanges(view, "vlan");
        if (!config.vlanRanges().containsKey(physical)
                && !ranges.physicalNetworks().contains(physical)) {
            throw BadRequest.input("physical_network '" + physical + "' unknown for VLAN provider network");
        }
        if (id == null) {
            return anyVlan(ranges, physical, project, taken).orElseThrow(Segments::exhausted);
        }
        if (id < 1 || id > VlanId.MAX) {
            throw BadRequest.input("segmentation_id out of range (1 through " + VlanId.MAX + ")");
        }
        return new Segment.Vlan(physical, new VlanId(id));
    }

    private static Segment vxlan(
            View view, String project, @Nullable String physical, @Nullable Integer id, Set<Segment> taken) {
        if (physical != null) {
            throw BadRequest.input("provider:physical_network specified for vxlan network");
        }
        if (id == null) {
            return anyVni(view, project, taken).orElseThrow(Segments::exhausted);
        }
        if (id < 1 || id > Vni.MAX) {
            throw BadRequest.input("segmentation_id out of range (1 through " + Vni.MAX + ")");
        }
        return new Segment.Vxlan(new Vni(id));
    }

    private static Unavailable exhausted() {
        return new Unavailable(
                "NoNetworkAvailable", "Unable to create the network. No tenant network is available for allocation.");
    }
}
