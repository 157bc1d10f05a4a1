package io.isospin.linux.netlink;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.Observed.Address;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Addresses of devices: struct ifaddrmsg (8 bytes) and IFA_* attributes. */
public final class AddressMessages {
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int RTM_GETADDR = 22;
    private static final int BODY = 8;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_F_NODAD = 2;

    private AddressMessages() {}

    /** Without duplicate address detection: Neutron hands every address out once, and a service must not wait for it. */
    public static byte[] add(int device, IpAddress address, int prefixLength) {
        MessageWriter message =
                message(RTM_NEWADDR, MessageWriter.CREATE | MessageWriter.EXCLUSIVE, device, address, prefixLength);
        if (address.version() == IpVersion.V4 && prefixLength < 31) {
            message.attribute(
                    IFA_BROADCAST, IpPrefix.containing(address, prefixLength).last());
        }
        return message.finish();
    }

    public static byte[] delete(int device, IpAddress address, int prefixLength) {
        return message(RTM_DELADDR, 0, device, address, prefixLength).finish();
    }

    private static MessageWriter message(int type, int flags, int device, IpAddress address, int prefixLength) {
        return new MessageWriter(type, flags)
                .u8(Family.of(address.version()))
                .u8(prefixLength)
                .u8(address.version() == IpVersion.V6 ? IFA_F_NODAD : 0)
                .u8(0)
                .u32(device)
                .attribute(IFA_LOCAL, address)
                .attribute(IFA_ADDRESS, address);
    }

    public static Set<Address> all(NetlinkSession session, Map<Integer, InterfaceName> devices) {
        byte[] request = new MessageWriter(RTM_GETADDR, 0).u32(0).u32(0).finish();
        return new HashSet<>(session.dump(request, (type, message) -> {
            InterfaceName device = devices.get(message.getInt(4));
            Attributes attributes = Attributes.after(message, BODY);
            IpAddress local = attributes.address(IFA_LOCAL);
            IpAddress address = local != null ? local : attributes.address(IFA_ADDRESS);
            return type != RTM_NEWADDR || device == null || address == null
                    ? null
                    : new Address(device, address, message.get(1) & 0xff);
        }));
    }
}
