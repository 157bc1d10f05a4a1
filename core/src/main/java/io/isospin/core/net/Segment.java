package io.isospin.core.net;

/** How a network appears on the wire between hosts. */
public sealed interface Segment {
    /** Untagged on a physical network, which it has for itself. */
    record Flat(String physicalNetwork) implements Segment {}

    /** Tagged on a physical network. */
    record Vlan(String physicalNetwork, VlanId vlan) implements Segment {}

    /** In UDP between the hosts' tunnel addresses (RFC 7348). */
    record Vxlan(Vni vni) implements Segment {}
}
