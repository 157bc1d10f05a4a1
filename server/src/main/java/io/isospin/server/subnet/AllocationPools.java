package io.isospin.server.subnet;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpRange;
import io.isospin.core.net.IpVersion;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Conflict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The addresses of a subnet that ports get: all hosts but the gateway unless told otherwise. */
final class AllocationPools {
    private AllocationPools() {}

    /** All host addresses without the gateway: a /31 has two (RFC 3021), a /32 one. */
    static List<IpRange> standard(IpPrefix cidr, Optional<IpAddress> gateway) {
        var first = cidr.network();
        var last = cidr.last();
        if (cidr.version() == IpVersion.V4 && cidr.length() < 31) {
            first = first.plus(1);
            last = last.plus(-1);
        } else if (cidr.version() == IpVersion.V6 && cidr.length() < 127) {
            // The first address of an IPv6 subnet is the routers' anycast address (RFC 4291, 2.6.1).
            first = first.plus(1);
        }
        var all = new IpRange(first, last);
        if (gateway.isEmpty() || !all.contains(gateway.get())) {
            return List.of(all);
        }
        var pools = new ArrayList<IpRange>();
        var taken = gateway.get();
        if (first.compareTo(taken) < 0) {
            pools.add(new IpRange(first, taken.plus(-1)));
        }
        if (taken.compareTo(last) < 0) {
            pools.add(new IpRange(taken.plus(1), last));
        }
        return pools;
    }

    /** The pools that a client asked for, each inside the subnet and apart from the others. */
    static List<IpRange> given(JsonNode pools, IpPrefix cidr) {
        var ranges = new ArrayList<IpRange>();
        for (var pool : pools) {
            var start = IpAddress.parse(pool.path("start").asString());
            var end = IpAddress.parse(pool.path("end").asString());
            String shown = start + "-" + end;
            if (start.version() != cidr.version() || end.version() != cidr.version() || end.compareTo(start) < 0) {
                throw new BadRequest("InvalidAllocationPool", "The allocation pool " + shown + " is not valid.");
            }
            var range = new IpRange(start, end);
            if (!inside(cidr, range)) {
                throw new BadRequest(
                        "OutOfBoundsAllocationPool",
                        "The allocation pool " + shown + " spans beyond the subnet cidr " + cidr + ".");
            }
            ranges.add(range);
        }
        ranges.sort(Comparator.comparing(IpRange::first));
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i - 1).overlaps(ranges.get(i))) {
                throw new Conflict(
                        "OverlappingAllocationPools",
                        "Found overlapping allocation pools: " + ranges.get(i - 1) + " " + ranges.get(i)
                                + " for subnet " + cidr + ".");
            }
        }
        return ranges;
    }

    private static boolean inside(IpPrefix cidr, IpRange range) {
        boolean hostsOnly = cidr.version() == IpVersion.V4 && cidr.length() < 31;
        return cidr.contains(range.first())
                && cidr.contains(range.last())
                && !(hostsOnly
                        && (range.first().equals(cidr.network()) || range.last().equals(cidr.last())));
    }

    static void refuseGateway(IpAddress gateway, List<IpRange> pools) {
        for (var pool : pools) {
            if (pool.contains(gateway)) {
                throw new Conflict(
                        "GatewayConflictWithAllocationPools",
                        "Gateway ip " + gateway + " conflicts with allocation pool " + pool + ".");
            }
        }
    }
}
