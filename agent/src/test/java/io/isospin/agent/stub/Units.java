package io.isospin.agent.stub;

import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import java.util.List;

/** Units for tests, with ids, MACs and addresses counted from small numbers. */
public final class Units {
    public static final Segment FLAT = new Segment.Flat("physnet2");

    private Units() {}

    public static Segment vlan(int id) {
        return new Segment.Vlan("physnet2", new VlanId(id));
    }

    public static Segment vxlan(int id) {
        return new Segment.Vxlan(new Vni(id));
    }

    /** {@code 00000007-0000-4000-8000-000000000007} for 7: the first 11 characters differ too. */
    public static ResourceId id(int number) {
        return new ResourceId(String.format("%08x-%04x-4000-8000-%012x", number, number, number));
    }

    public static MacAddress mac(int number) {
        return new MacAddress(0xfa_16_3e_00_00_00L + number);
    }

    public static Unit.Network network(int id, Segment segment) {
        return new Unit.Network(id(id), segment, segment instanceof Segment.Vxlan ? 1450 : 1500, true);
    }

    public static Unit.Port port(int id, int network) {
        return new Unit.Port(id(id), id(network), mac(id), List.of(), "compute:nova", true, false);
    }

    /** A port that lives on another host and is wired here all the same. */
    public static Unit.Port standby(int id, int network) {
        return new Unit.Port(id(id), id(network), mac(id), List.of(), "compute:nova", true, true);
    }

    public static Unit.Peer peer(int id, int network, String vtep) {
        return new Unit.Peer(id(id), id(network), mac(id), List.of(), IpAddress.parse(vtep));
    }

    public static Unit.DhcpSubnet subnet(int id, String cidr, String server, String gateway) {
        return new Unit.DhcpSubnet(
                id(id),
                IpPrefix.parse(cidr),
                true,
                IpAddress.parse(server),
                IpAddress.parse(gateway),
                List.of(IpAddress.parse("8.8.8.8"), IpAddress.parse("8.8.4.4")),
                List.of(),
                null,
                null);
    }

    public static Unit.Dhcp dhcp(int network, int port, Unit.DhcpSubnet... subnets) {
        return new Unit.Dhcp(id(network), id(port), mac(port), "", 1500, List.of(subnets));
    }

    public static Unit.Reservation reservation(int port, int network, int mac, int subnet, String address) {
        return new Unit.Reservation(
                id(port),
                id(network),
                mac(mac),
                List.of(new Unit.ReservedAddress(id(subnet), IpAddress.parse(address))),
                null,
                List.of(),
                id(port).value(),
                "0123456789abcdef0123456789abcdef");
    }
}
