package io.isospin.linux.netlink;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.linux.kernel.Observed.FdbEntry;
import io.isospin.linux.kernel.Observed.Neighbour;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Permanent neighbours and VXLAN forwarding entries: struct ndmsg (12 bytes) and NDA_* attributes. */
public final class NeighbourMessages {
    private static final int RTM_NEWNEIGH = 28;
    private static final int RTM_DELNEIGH = 29;
    private static final int RTM_GETNEIGH = 30;
    private static final int BODY = 12;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int NUD_NOARP = 0x40;
    private static final int NUD_PERMANENT = 0x80;
    private static final int NTF_SELF = 2;
    private static final long MULTICAST_BIT = 0x01_00_00_00_00_00L;

    private NeighbourMessages() {}

    private static MessageWriter message(int type, int flags, int family, int device, int state, int entryFlags) {
        return new MessageWriter(type, flags)
                .u8(family)
                .u8(0)
                .u16(0)
                .u32(device)
                .u16(state)
                .u8(entryFlags)
                .u8(0);
    }

    /**
     * The kernel keeps several destinations for the zero address and for multicast addresses only; another
     * destination of a unicast address replaces the one that it had (vxlan_fdb_update in drivers/net/vxlan).
     */
    public static byte[] addFdb(int device, MacAddress mac, IpAddress vtep) {
        boolean many = mac.value() == 0 || (mac.value() & MULTICAST_BIT) != 0;
        int flags = MessageWriter.CREATE | (many ? MessageWriter.APPEND : MessageWriter.REPLACE);
        return message(RTM_NEWNEIGH, flags, Family.BRIDGE, device, NUD_NOARP | NUD_PERMANENT, NTF_SELF)
                .attribute(NDA_LLADDR, mac)
                .attribute(NDA_DST, vtep)
                .finish();
    }

    public static byte[] deleteFdb(int device, MacAddress mac, IpAddress vtep) {
        return message(RTM_DELNEIGH, 0, Family.BRIDGE, device, NUD_NOARP | NUD_PERMANENT, NTF_SELF)
                .attribute(NDA_LLADDR, mac)
                .attribute(NDA_DST, vtep)
                .finish();
    }

    public static byte[] addNeighbour(int device, IpAddress address, MacAddress mac) {
        int flags = MessageWriter.CREATE | MessageWriter.REPLACE;
        return message(RTM_NEWNEIGH, flags, Family.of(address.version()), device, NUD_PERMANENT, 0)
                .attribute(NDA_DST, address)
                .attribute(NDA_LLADDR, mac)
                .finish();
    }

    public static byte[] deleteNeighbour(int device, IpAddress address) {
        return message(RTM_DELNEIGH, 0, Family.of(address.version()), device, 0, 0)
                .attribute(NDA_DST, address)
                .finish();
    }

    /** Entries of VXLAN devices; a bridge's own entries have no destination. */
    public static Set<FdbEntry> fdb(NetlinkSession session, Map<Integer, InterfaceName> devices) {
        byte[] request = message(RTM_GETNEIGH, 0, Family.BRIDGE, 0, 0, 0).finish();
        return new HashSet<>(session.dump(request, (type, message) -> {
            InterfaceName device = devices.get(message.getInt(4));
            Attributes attributes = Attributes.after(message, BODY);
            MacAddress mac = attributes.mac(NDA_LLADDR);
            IpAddress vtep = attributes.address(NDA_DST);
            return type != RTM_NEWNEIGH || device == null || mac == null || vtep == null
                    ? null
                    : new FdbEntry(device, mac, vtep);
        }));
    }

    public static Set<Neighbour> permanent(NetlinkSession session, Map<Integer, InterfaceName> devices) {
        byte[] request = message(RTM_GETNEIGH, 0, 0, 0, 0, 0).finish();
        return new HashSet<>(session.dump(request, (type, message) -> {
            int family = message.get(0) & 0xff;
            InterfaceName device = devices.get(message.getInt(4));
            if (type != RTM_NEWNEIGH
                    || device == null
                    || (family != Family.INET && family != Family.INET6)
                    || (message.getShort(8) & NUD_PERMANENT) == 0) {
                return null;
            }
            Attributes attributes = Attributes.after(message, BODY);
            IpAddress address = attributes.address(NDA_DST);
            MacAddress mac = attributes.mac(NDA_LLADDR);
            return address == null || mac == null ? null : new Neighbour(device, address, mac);
        }));
    }
}
