package io.isospin.linux.netlink;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests that make, change and remove links (rtnetlink(7), include/uapi/linux/if_link.h). An mtu of 0 is the kernel's own. */
public final class LinkRequests {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int BODY = 16;
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINK = 5;
    static final int IFLA_MASTER = 10;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_EXT_MASK = 29;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int IFLA_BR_FORWARD_DELAY = 1;
    static final int IFLA_BR_STP_STATE = 5;
    static final int IFLA_VLAN_ID = 1;
    static final int IFLA_VXLAN_ID = 1;
    static final int IFLA_VXLAN_LINK = 3;
    static final int IFLA_VXLAN_LOCAL = 4;
    static final int IFLA_VXLAN_LEARNING = 7;
    static final int IFLA_VXLAN_PROXY = 11;
    static final int IFLA_VXLAN_PORT = 15;
    static final int IFLA_VXLAN_LOCAL6 = 17;
    static final int IFF_UP = 1;
    static final int IFF_PROMISC = 0x100;
    private static final int VETH_INFO_PEER = 1;
    private static final int SKIP_STATISTICS = 1 << 3;

    private LinkRequests() {}

    private static MessageWriter link(int type, int flags, int index, int on, int change) {
        return new MessageWriter(type, flags).u16(0).u16(0).u32(index).u32(on).u32(change);
    }

    private static MessageWriter named(int type, int flags, InterfaceName name) {
        return link(type, flags, 0, 0, 0).attribute(IFLA_IFNAME, name);
    }

    private static MessageWriter create(InterfaceName name, int mtu) {
        MessageWriter message = named(RTM_NEWLINK, MessageWriter.CREATE | MessageWriter.EXCLUSIVE, name);
        return mtu > 0 ? message.attributeU32(IFLA_MTU, mtu) : message;
    }

    private static byte[] ofKind(MessageWriter message, String kind, Consumer<MessageWriter> data) {
        int info = message.begin(IFLA_LINKINFO);
        message.attribute(IFLA_INFO_KIND, kind);
        int nested = message.begin(IFLA_INFO_DATA);
        data.accept(message);
        return message.end(nested).end(info).finish();
    }

    public static byte[] createBridge(InterfaceName name, int mtu) {
        return ofKind(
                create(name, mtu),
                "bridge",
                data -> data.attributeU32(IFLA_BR_FORWARD_DELAY, 0).attributeU32(IFLA_BR_STP_STATE, 0));
    }

    /** {@code peerNamespace} is a descriptor of the peer's namespace, or -1 for the same one. */
    public static byte[] createVeth(
            InterfaceName name, InterfaceName peer, int peerNamespace, @Nullable MacAddress peerMac, int mtu) {
        return ofKind(create(name, mtu), "veth", data -> {
            int nested = data.begin(VETH_INFO_PEER);
            data.u16(0).u16(0).u32(0).u32(0).u32(0).attribute(IFLA_IFNAME, peer);
            if (mtu > 0) {
                data.attributeU32(IFLA_MTU, mtu);
            }
            if (peerMac != null) {
                data.attribute(IFLA_ADDRESS, peerMac);
            }
            if (peerNamespace >= 0) {
                data.attributeU32(IFLA_NET_NS_FD, peerNamespace);
            }
            data.end(nested);
        });
    }

    public static byte[] createVxlan(
            InterfaceName name, Vni vni, IpAddress local, int port, int mtu, boolean learning, boolean proxy) {
        return ofKind(
                create(name, mtu),
                "vxlan",
                data -> data.attributeU32(IFLA_VXLAN_ID, vni.value())
                        .attribute(local.version() == IpVersion.V4 ? IFLA_VXLAN_LOCAL : IFLA_VXLAN_LOCAL6, local)
                        .attributeBe16(IFLA_VXLAN_PORT, port)
                        .attributeU8(IFLA_VXLAN_LEARNING, learning ? 1 : 0)
                        .attributeU8(IFLA_VXLAN_PROXY, proxy ? 1 : 0));
    }

    public static byte[] createVlan(InterfaceName name, int trunk, VlanId vlan, int mtu) {
        return ofKind(
                create(name, mtu).attributeU32(IFLA_LINK, trunk),
                "vlan",
                data -> data.attributeU16(IFLA_VLAN_ID, vlan.value()));
    }

    public static byte[] delete(InterfaceName name) {
        return named(RTM_DELLINK, 0, name).finish();
    }

    public static byte[] setUp(InterfaceName name, boolean up) {
        return flags(name, up ? IFF_UP : 0, IFF_UP);
    }

    /** Lets a device take in frames that are addressed to others, as a bridge does with its ports. */
    public static byte[] setPromiscuous(InterfaceName name) {
        return flags(name, IFF_PROMISC, IFF_PROMISC);
    }

    private static byte[] flags(InterfaceName name, int on, int change) {
        return link(RTM_NEWLINK, 0, 0, on, change).attribute(IFLA_IFNAME, name).finish();
    }

    public static byte[] setMtu(InterfaceName name, int mtu) {
        return named(RTM_NEWLINK, 0, name).attributeU32(IFLA_MTU, mtu).finish();
    }

    public static byte[] setMac(InterfaceName name, MacAddress mac) {
        return named(RTM_NEWLINK, 0, name).attribute(IFLA_ADDRESS, mac).finish();
    }

    public static byte[] setAlias(InterfaceName name, String alias) {
        return named(RTM_NEWLINK, 0, name).attribute(IFLA_IFALIAS, alias).finish();
    }

    /** {@code master} is the bridge's index, 0 for none. */
    public static byte[] setMaster(InterfaceName name, int master) {
        return named(RTM_NEWLINK, 0, name).attributeU32(IFLA_MASTER, master).finish();
    }

    public static byte[] get(InterfaceName name) {
        return named(RTM_GETLINK, 0, name)
                .attributeU32(IFLA_EXT_MASK, SKIP_STATISTICS)
                .finish();
    }

    static byte[] getAll() {
        return link(RTM_GETLINK, 0, 0, 0, 0)
                .attributeU32(IFLA_EXT_MASK, SKIP_STATISTICS)
                .finish();
    }
}
