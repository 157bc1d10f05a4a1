package io.isospin.agent.metadata;

import io.isospin.agent.mirror.HostView;
import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.ResourceId;
import java.util.List;
import java.util.Optional;

/** Whose port a request comes from: told by its source address, on the network in whose namespace it came. */
final class Askers {
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/64");

    private Askers() {}

    /** The one port with that address; none where there is no such port, or more than one. */
    static Optional<Unit.Reservation> find(HostView view, ResourceId network, IpAddress source) {
        List<Unit.Reservation> ports = view.of(network, Unit.Reservation.class)
                .filter(port -> has(port, source))
                .limit(2)
                .toList();
        return ports.size() == 1 ? Optional.of(ports.getFirst()) : Optional.empty();
    }

    /** A link-local address is nobody's fixed IP, but says the MAC in EUI-64 (as in Neutron's agent). */
    private static boolean has(Unit.Reservation port, IpAddress source) {
        boolean fixed =
                port.addresses().stream().anyMatch(each -> each.address().equals(source));
        return fixed
                || (LINK_LOCAL.contains(source) && port.mac().eui64(LINK_LOCAL).equals(source));
    }
}
