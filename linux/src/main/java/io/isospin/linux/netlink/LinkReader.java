package io.isospin.linux.netlink;

import static io.isospin.linux.netlink.LinkRequests.BODY;
import static io.isospin.linux.netlink.LinkRequests.IFF_UP;
import static io.isospin.linux.netlink.LinkRequests.RTM_NEWLINK;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.linux.kernel.Link;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads links from the kernel. */
public final class LinkReader {
    private LinkReader() {}

    public static List<Link> all(NetlinkSession session) {
        return session.dump(LinkRequests.getAll(), LinkReader::parse);
    }

    /** One answer per name, in order; empty where there is no such device. */
    public static List<Optional<Link>> named(NetlinkSession session, List<InterfaceName> names) {
        var found = new ArrayList<Optional<Link>>(java.util.Collections.nCopies(names.size(), Optional.empty()));
        List<byte[]> requests = names.stream().map(LinkRequests::get).toList();
        session.transact(
                requests, (request, type, message) -> found.set(request, Optional.ofNullable(parse(type, message))));
        return found;
    }

    /** Null for what is no link, or one whose name no agent could have given (spaces, colons, letters beyond ASCII). */
    static @Nullable Link parse(int type, ByteBuffer message) {
        InterfaceName name = type == RTM_NEWLINK ? name(message) : null;
        if (name == null) {
            return null;
        }
        Attributes attributes = Attributes.after(message, BODY);
        Link.Kind kind = kind(attributes);
        return new Link(
                message.getInt(4),
                name,
                kind,
                attributes.mac(LinkRequests.IFLA_ADDRESS),
                attributes.u32(LinkRequests.IFLA_MTU),
                (message.getInt(8) & IFF_UP) != 0,
                attributes.u32(LinkRequests.IFLA_MASTER),
                kind instanceof Link.Kind.Veth ? attributes.u32(LinkRequests.IFLA_LINK) : 0,
                attributes.string(LinkRequests.IFLA_IFALIAS));
    }

    static @Nullable InterfaceName name(ByteBuffer message) {
        String text = Attributes.after(message, BODY).string(LinkRequests.IFLA_IFNAME);
        return InterfaceName.isName(text) ? new InterfaceName(text) : null;
    }

    private static Link.Kind kind(Attributes link) {
        Attributes info = link.nested(LinkRequests.IFLA_LINKINFO);
        Attributes data = info.nested(LinkRequests.IFLA_INFO_DATA);
        String kind = info.string(LinkRequests.IFLA_INFO_KIND);
        return switch (kind) {
            case "bridge" ->
                new Link.Kind.Bridge(
                        data.u32(LinkRequests.IFLA_BR_STP_STATE) != 0, data.u32(LinkRequests.IFLA_BR_FORWARD_DELAY));
            case "veth" -> new Link.Kind.Veth();
            case "vlan" -> {
                int vlan = data.u16(LinkRequests.IFLA_VLAN_ID);
                yield vlan < 1 || vlan > VlanId.MAX
                        ? new Link.Kind.Other(kind)
                        : new Link.Kind.Vlan(new VlanId(vlan), link.u32(LinkRequests.IFLA_LINK));
            }
            case "vxlan" -> {
                int vni = data.u32(LinkRequests.IFLA_VXLAN_ID);
                yield vni < 1 || vni > Vni.MAX ? new Link.Kind.Other(kind) : vxlan(new Vni(vni), data);
            }
            default -> new Link.Kind.Other(kind);
        };
    }

    private static Link.Kind vxlan(Vni vni, Attributes data) {
        IpAddress v4 = data.address(LinkRequests.IFLA_VXLAN_LOCAL);
        return new Link.Kind.Vxlan(
                vni,
                v4 != null ? v4 : data.address(LinkRequests.IFLA_VXLAN_LOCAL6),
                data.u32(LinkRequests.IFLA_VXLAN_LINK),
                data.be16(LinkRequests.IFLA_VXLAN_PORT),
                data.u8(LinkRequests.IFLA_VXLAN_LEARNING) != 0,
                data.u8(LinkRequests.IFLA_VXLAN_PROXY) != 0);
    }
}
