package io.isospin.linux.kernel;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One finished change to a namespace. Devices are named, never numbered: an index is looked up when it is applied.
 * Creating or adding what exists already fails with EEXIST (17), except where said otherwise. An mtu of 0 is the
 * kernel's default.
 */
public sealed interface Operation {
    /** A bridge with spanning tree off and forward delay 0. Its MTU follows the least of its ports'. */
    record CreateBridge(InterfaceName name, int mtu) implements Operation {}

    /**
     * A veth pair; the peer may live in another namespace (empty: this one), which must exist. Both ends have the mtu.
     * Raise the peer by {@link SetUp} in its own namespace afterwards.
     */
    record CreateVeth(
            InterfaceName name,
            InterfaceName peer,
            String peerNamespace,
            @Nullable MacAddress peerMac,
            int mtu) implements Operation {}

    /**
     * A tunnel without a group: where frames go is told by {@link AddFdb}. With {@code proxy} the device answers ARP
     * from its permanent neighbours, so that no request crosses the tunnel.
     *
     * @param port the UDP port; the kernel's own default is 8472, IANA's is 4789
     */
    record CreateVxlan(InterfaceName name, Vni vni, IpAddress local, int port, int mtu, boolean learning, boolean proxy)
            implements Operation {
        public CreateVxlan(InterfaceName name, Vni vni, IpAddress local, int port, int mtu, boolean learning) {
            this(name, vni, local, port, mtu, learning, false);
        }
    }

    record CreateVlan(InterfaceName name, InterfaceName trunk, VlanId vlan, int mtu) implements Operation {}

    /**
     * Where the kernel has no 8021q: a veth pair {@code name} with an outer end, and sched_cls programs that pop the
     * tag from the trunk's ingress to the pair and push it on the way back. Completes a pair that lacks something, and
     * changes nothing where all is right. {@link DeleteLink} of {@code name} takes all of it away.
     */
    record CreateTaggedPair(InterfaceName name, InterfaceName trunk, VlanId vlan, int mtu) implements Operation {
        /** The outer end of the pair {@code name}: that may fill all of the 15 bytes, so a checksum of it is used. */
        public static InterfaceName outerEnd(InterfaceName name) {
            var crc = new CRC32();
            crc.update(name.value().getBytes(StandardCharsets.UTF_8));
            return new InterfaceName("vo-%08x".formatted(crc.getValue()));
        }
    }

    record DeleteLink(InterfaceName name) implements Operation {}

    record SetUp(InterfaceName name, boolean up) implements Operation {}

    record SetMtu(InterfaceName name, int mtu) implements Operation {}

    record SetMac(InterfaceName name, MacAddress mac) implements Operation {}

    record SetAlias(InterfaceName name, String alias) implements Operation {}

    /** Puts a device into a bridge, or takes it out where {@code bridge} is null. */
    record SetMaster(InterfaceName name, @Nullable InterfaceName bridge) implements Operation {}

    record AddAddress(InterfaceName device, IpAddress address, int prefixLength) implements Operation {}

    record DeleteAddress(InterfaceName device, IpAddress address, int prefixLength) implements Operation {}

    record AddRoute(
            IpPrefix destination,
            @Nullable IpAddress gateway,
            @Nullable InterfaceName device) implements Operation {}

    record DeleteRoute(
            IpPrefix destination,
            @Nullable IpAddress gateway,
            @Nullable InterfaceName device) implements Operation {}

    /**
     * Appends a destination to a VXLAN device's entry for {@code mac} (all zeros: broadcast, unknown, multicast). A
     * unicast address has one destination, which this replaces. The same again changes nothing.
     */
    record AddFdb(InterfaceName device, MacAddress mac, IpAddress vtep) implements Operation {}

    /** Removes one destination. Where the address has others but not this one, the kernel reports no error. */
    record DeleteFdb(InterfaceName device, MacAddress mac, IpAddress vtep) implements Operation {}

    /** Adds a permanent entry, or replaces the one of this address. */
    record AddNeighbour(InterfaceName device, IpAddress address, MacAddress mac) implements Operation {}

    record DeleteNeighbour(InterfaceName device, IpAddress address) implements Operation {}

    /** The device that is made, changed or taken away; null for a route that names none. */
    default @Nullable InterfaceName subject() {
        return switch (this) {
            case CreateBridge o -> o.name();
            case CreateVeth o -> o.name();
            case CreateVxlan o -> o.name();
            case CreateVlan o -> o.name();
            case CreateTaggedPair o -> o.name();
            case DeleteLink o -> o.name();
            case SetUp o -> o.name();
            case SetMtu o -> o.name();
            case SetMac o -> o.name();
            case SetAlias o -> o.name();
            case SetMaster o -> o.name();
            case AddAddress o -> o.device();
            case DeleteAddress o -> o.device();
            case AddRoute o -> o.device();
            case DeleteRoute o -> o.device();
            case AddFdb o -> o.device();
            case DeleteFdb o -> o.device();
            case AddNeighbour o -> o.device();
            case DeleteNeighbour o -> o.device();
        };
    }

    /** For a dry run: one operation a line. */
    static String dryRun(List<Operation> operations) {
        return String.join("\n", operations.stream().map(Operation::toString).toList());
    }
}
