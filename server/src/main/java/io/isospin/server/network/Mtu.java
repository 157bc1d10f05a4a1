package io.isospin.server.network;

import io.isospin.core.net.IpVersion;
import io.isospin.core.net.Segment;
import io.isospin.server.api.BadRequest;
import java.util.List;
import java.util.stream.IntStream;

/** The largest frames that a network's segments carry. */
final class Mtu {
    /** UDP and VXLAN headers, and the inner Ethernet header. */
    private static final int VXLAN_OVERHEAD = 30;

    private static final int STANDARD = 1500;

    private final SegmentConfig config;

    Mtu(SegmentConfig config) {
        this.config = config;
    }

    /** {@code asked}, or the largest where it is 0. */
    int of(List<Segment> segments, int asked) {
        int largest = largest(segments);
        if (asked > largest) {
            throw BadRequest.input("Requested MTU is too big, maximum is " + largest);
        }
        return asked == 0 ? largest : asked;
    }

    int largest(List<Segment> segments) {
        return segments.stream()
                .mapToInt(this::largest)
                .filter(mtu -> mtu > 0)
                .min()
                .orElse(STANDARD);
    }

    /** 0 where nothing is known. */
    private int largest(Segment segment) {
        return switch (segment) {
            case Segment.Flat(var physical) -> physical(physical);
            case Segment.Vlan(var physical, var vlan) -> physical(physical);
            case Segment.Vxlan vxlan -> {
                int path = smallest(config.physicalMtu(), config.pathMtu());
                int header = config.overlay() == IpVersion.V4 ? 20 : 40;
                yield path == 0 ? 0 : path - header - VXLAN_OVERHEAD;
            }
        };
    }

    private int physical(String network) {
        return smallest(config.physicalMtu(), config.physicalMtus().getOrDefault(network, 0));
    }

    private static int smallest(int... limits) {
        return IntStream.of(limits).filter(limit -> limit > 0).min().orElse(0);
    }
}
