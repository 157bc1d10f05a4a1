package io.isospin.linux.kernel;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one namespace holds at a moment. */
public record Observed(
        Map<InterfaceName, Link> links,
        Set<Address> addresses,
        Set<Route> routes,
        Set<FdbEntry> fdb,
        Set<Neighbour> neighbours,
        Set<TaggedPair> taggedPairs) {

    /** An address on a device with its prefix length. */
    public record Address(InterfaceName device, IpAddress address, int prefixLength) {}

    /**
     * A unicast route of the main table that someone added; those that follow from addresses by themselves are left
     * out. {@code destination} is 0.0.0.0/0 or ::/0 for the default.
     */
    public record Route(
            IpPrefix destination,
            @Nullable IpAddress gateway,
            @Nullable InterfaceName device) {}

    /** A forwarding entry of a VXLAN device ({@code bridge fdb}, self): frames to {@code mac} go to {@code vtep}. */
    public record FdbEntry(InterfaceName device, MacAddress mac, IpAddress vtep) {}

    /** A permanent neighbour entry, which a VXLAN device with {@code proxy} answers ARP from. */
    public record Neighbour(InterfaceName device, IpAddress address, MacAddress mac) {}

    /**
     * A veth pair that stands in for a VLAN device, with its programs and its entry on the trunk in place; one that
     * lacks any of them is not listed: see {@link Operation.CreateTaggedPair}.
     */
    public record TaggedPair(InterfaceName device, InterfaceName trunk, int vlan) {}

    public static Observed of(List<Link> links) {
        var byName = new LinkedHashMap<InterfaceName, Link>();
        links.forEach(link -> byName.put(link.name(), link));
        return new Observed(Collections.unmodifiableMap(byName), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }
}
