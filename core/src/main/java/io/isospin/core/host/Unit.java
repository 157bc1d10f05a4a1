package io.isospin.core.host;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a host must contain; the unit in which a host's view changes. */
public sealed interface Unit {
    Key key();

    /** The network that the unit belongs to; a unit goes when its network leaves the host. */
    ResourceId network();

    /** Names a unit: its kind and the id of the resource it comes from. */
    record Key(Kind kind, ResourceId id) {}

    enum Kind {
        NETWORK,
        PORT,
        PEER,
        DHCP,
        RESERVATION
    }

    /** A network with something on this host: its bridge and its way to the other hosts. */
    record Network(ResourceId id, Segment segment, int mtu, boolean adminUp) implements Unit {
        @Override
        public Key key() {
            return new Key(Kind.NETWORK, id);
        }

        @Override
        public ResourceId network() {
            return id;
        }
    }

    /**
     * A port bound to this host. Its tap joins the network's bridge when it is there.
     *
     * @param standby whether the port still lives on another host: it is wired here for the instance that migrates, and
     *     what becomes of it is nobody's news
     */
    record Port(
            ResourceId id,
            ResourceId network,
            MacAddress mac,
            List<IpAddress> addresses,
            String deviceOwner,
            boolean adminUp,
            boolean standby)
            implements Unit {
        @Override
        public Key key() {
            return new Key(Kind.PORT, id);
        }
    }

    /** A port of the same VXLAN network on another host, behind that host's tunnel address. */
    record Peer(ResourceId port, ResourceId network, MacAddress mac, List<IpAddress> addresses, IpAddress vtep)
            implements Unit {
        @Override
        public Key key() {
            return new Key(Kind.PEER, port);
        }
    }

    /** The DHCP service of a network, which this host serves from {@code qdhcp-<network>} through {@code port}. */
    record Dhcp(
            ResourceId network, ResourceId port, MacAddress mac, String dnsDomain, int mtu, List<DhcpSubnet> subnets)
            implements Unit {
        @Override
        public Key key() {
            return new Key(Kind.DHCP, network);
        }
    }

    /**
     * A subnet as DHCP serves it. {@code serverAddress} is the DHCP port's own address in it; {@code enabled} is
     * false where the subnet is only reachable from the namespace.
     */
    record DhcpSubnet(
            ResourceId id,
            IpPrefix cidr,
            boolean enabled,
            @Nullable IpAddress serverAddress,
            @Nullable IpAddress gateway,
            List<IpAddress> dnsServers,
            List<HostRoute> hostRoutes,
            @Nullable String ipv6AddressMode,
            @Nullable String ipv6RaMode) {}

    record HostRoute(IpPrefix destination, IpAddress nextHop) {}

    /**
     * The addresses that DHCP on this host must hand to one port, and the port's extra options (by IP version).
     *
     * @param deviceId what the port belongs to, to which metadata on this host answers: an instance's id, empty where
     *     there is none; null where the server does not tell, being of an earlier version
     * @param projectId the port's project; null as above
     */
    record Reservation(
            ResourceId port,
            ResourceId network,
            MacAddress mac,
            List<ReservedAddress> addresses,
            @Nullable String dnsName,
            List<ExtraOption> extraOptions,
            @Nullable String deviceId,
            @Nullable String projectId)
            implements Unit {
        @Override
        public Key key() {
            return new Key(Kind.RESERVATION, port);
        }
    }

    record ReservedAddress(ResourceId subnet, IpAddress address) {}

    /** An option as dnsmasq knows it, by name or number; {@code ipVersion} is 4 or 6. */
    record ExtraOption(String name, String value, int ipVersion) {}
}
