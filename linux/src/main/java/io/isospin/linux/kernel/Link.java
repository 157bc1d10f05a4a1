package io.isospin.linux.kernel;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import org.jspecify.annotations.Nullable;

/**
 * A network device as the kernel shows it.
 *
 * @param index the interface index in its namespace
 * @param master the index of the bridge it is a port of, or 0
 * @param peer for a veth, the other end's index in its own namespace, else 0
 * @param alias the free text that {@code ip link set … alias} gives, empty where there is none
 */
public record Link(
        int index,
        InterfaceName name,
        Kind kind,
        @Nullable MacAddress mac,
        int mtu,
        boolean up,
        int master,
        int peer,
        String alias) {

    /** What kind of device, with the attributes that are compared. */
    public sealed interface Kind {
        /** {@code forwardDelay} is in hundredths of a second. */
        record Bridge(boolean stp, int forwardDelay) implements Kind {}

        record Veth() implements Kind {}

        /** {@code device} is the index of the device that carries the tunnel, 0 for none. */
        record Vxlan(Vni vni, @Nullable IpAddress local, int device, int port, boolean learning, boolean proxy)
                implements Kind {}

        record Vlan(VlanId vlan, int device) implements Kind {}

        /** Any other device; {@code name} as in IFLA_INFO_KIND, empty for physical ones. */
        record Other(String name) implements Kind {}
    }
}
