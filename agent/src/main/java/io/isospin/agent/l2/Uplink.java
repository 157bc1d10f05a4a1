package io.isospin.agent.l2;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;

/** How a network's bridge reaches the other hosts. */
public sealed interface Uplink {
    /** The physical interface itself, which the flat network has for itself. */
    record Flat(InterfaceName device) implements Uplink {}

    /** A VLAN device on a trunk. */
    record Tagged(InterfaceName device, InterfaceName trunk, VlanId vlan) implements Uplink {}

    record Tunnel(InterfaceName device, Vni vni) implements Uplink {}

    /** There is none, and {@code reason} says why in one sentence with its mend. */
    record Missing(String reason) implements Uplink {}
}
