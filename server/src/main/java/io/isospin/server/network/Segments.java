package io.isospin.server.network;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.core.schema.PythonText;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Unavailable;
import io.isospin.server.store.Draw;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.View;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chooses the segment of a new network, as the flat, vlan and vxlan type drivers of ML2 do. */
final class Segments {
    /** An outer IPv4 header, UDP and VXLAN headers, and the inner Ethernet header. */
    private static final int VXLAN_OVERHEAD = 50;
    /** From how many of the first free ids one is drawn, so that concurrent requests seldom want the same. */
    private static final int WINDOW = 1000;

    private static final int RANGES = 16;

    private final SegmentConfig config;

    Segments(SegmentConfig config) {
        this.config = config;
    }

    Segment choose(View view, ObjectNode values) {
        String type = given(values, "provider:network_type");
        String physical = given(values, "provider:physical_network");
        Integer id = number(values.path("provider:segmentation_id"));
        if (type == null) {
            if (physical != null || id != null) {
                throw BadRequest.input("network_type required");
            }
            return tenant(view);
        }
        if (!config.typeDrivers().contains(type)) {
            throw BadRequest.input("network_type value '" + type + "' not supported");
        }
        return switch (type) {
            case "flat" -> flat(physical, id);
            case "vlan" -> vlan(view, physical, id);
            case "vxlan" -> vxlan(view, physical, id);
            default -> throw BadRequest.input("network_type value '" + type + "' not supported");
        };
    }

    int largestMtu(Segment segment) {
        return segment instanceof Segment.Vxlan ? config.physicalMtu() - VXLAN_OVERHEAD : config.physicalMtu();
    }

    /** The pool in which a segment has its one owner. */
    static String pool(Segment segment) {
        return switch (segment) {
            case Segment.Flat flat -> "flat";
            case Segment.Vlan vlan -> "vlan/" + vlan.physicalNetwork();
            case Segment.Vxlan vxlan -> "vxlan";
        };
    }

    static String item(Segment segment) {
        return switch (segment) {
            case Segment.Flat(var physical) -> physical;
            case Segment.Vlan(var physical, var vlan) -> ItemRange.item(vlan.value());
            case Segment.Vxlan(var vni) -> ItemRange.item(vni.value());
        };
    }

    private Segment tenant(View view) {
        for (var type : config.tenantTypes()) {
            Optional<Segment> found = switch (type) {
                case "vxlan" -> draw(view, "vxlan").map(id -> new Segment.Vxlan(new Vni(id)));
                case "vlan" -> anyVlan(view);
                default -> Optional.empty();
            };
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new Unavailable(
                "NoNetworkAvailable", "Unable to create the network. No tenant network is available for allocation.");
    }

    private Optional<Segment> anyVlan(View view) {
        for (var physical : config.vlanRanges().keySet()) {
            var id = draw(view, "vlan/" + physical);
            if (id.isPresent()) {
                return Optional.of(new Segment.Vlan(physical, new VlanId(id.get())));
            }
        }
        return Optional.empty();
    }

    private Segment flat(@Nullable String physical, @Nullable Integer id) {
        if (physical == null) {
            throw BadRequest.input("physical_network required for flat provider network");
        }
        if (id != null) {
            throw BadRequest.input("segmentation_id prohibited for flat provider network");
        }
        if (!config.flatNetworks().contains("*") && !config.flatNetworks().contains(physical)) {
            throw BadRequest.input("physical_network '" + physical + "' unknown for flat provider network");
        }
        return new Segment.Flat(physical);
    }

    private Segment vlan(View view, @Nullable String physical, @Nullable Integer id) {
        if (physical == null) {
            if (id != null) {
                throw BadRequest.input("segmentation_id requires physical_network for VLAN provider network");
            }
            return anyVlan(view).orElseThrow(() -> exhausted("No VLAN is available on any physical network."));
        }
        if (!config.vlanRanges().containsKey(physical)) {
            throw BadRequest.input("physical_network '" + physical + "' unknown for VLAN provider network");
        }
        if (id == null) {
            return draw(view, "vlan/" + physical)
                    .map(drawn -> new Segment.Vlan(physical, new VlanId(drawn)))
                    .orElseThrow(() -> exhausted("No VLAN is available on physical network " + physical + "."));
        }
        if (id < 1 || id > VlanId.MAX) {
            throw BadRequest.input("segmentation_id out of range (1 through " + VlanId.MAX + ")");
        }
        return new Segment.Vlan(physical, new VlanId(id));
    }

    private Segment vxlan(View view, @Nullable String physical, @Nullable Integer id) {
        if (physical != null) {
            throw BadRequest.input("provider:physical_network specified for vxlan network");
        }
        if (id == null) {
            return draw(view, "vxlan")
                    .map(drawn -> new Segment.Vxlan(new Vni(drawn)))
                    .orElseThrow(() -> exhausted("No VXLAN network identifier is available."));
        }
        if (id < 1 || id > Vni.MAX) {
            throw BadRequest.input("segmentation_id out of range (1 through " + Vni.MAX + ")");
        }
        return new Segment.Vxlan(new Vni(id));
    }

    private static Unavailable exhausted(String why) {
        return new Unavailable("NoNetworkAvailable", "Unable to create the network. " + why);
    }

    private static Optional<Integer> draw(View view, String pool) {
        return Draw.random(view.free(pool, RANGES), WINDOW, ThreadLocalRandom.current())
                .map(ItemRange::number);
    }

    private static @Nullable String given(ObjectNode values, String name) {
        String value = text(values, name);
        return value.isEmpty() ? null : value;
    }

    private static @Nullable Integer number(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isInt()) {
            throw BadRequest.input("segmentation_id '" + PythonText.str(value) + "' is not a number");
        }
        return value.intValue();
    }
}
