package io.isospin.linux.netlink;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.Observed.Route;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unicast routes of the main table: struct rtmsg (12 bytes) and RTA_* attributes. */
public final class RouteMessages {
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_DELROUTE = 25;
    private static final int RTM_GETROUTE = 26;
    private static final int BODY = 12;
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int TABLE_MAIN = 254;
    private static final int PROTOCOL_REDIRECT = 1;
    private static final int PROTOCOL_KERNEL = 2;
    private static final int PROTOCOL_STATIC = 4;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_NOWHERE = 255;
    private static final int TYPE_UNICAST = 1;
    private static final int FLAG_CLONED = 0x200;

    private RouteMessages() {}

    /** {@code device} is an index, 0 for the one that the gateway is reached by. */
    public static byte[] add(IpPrefix destination, @Nullable IpAddress gateway, int device) {
        int scope = gateway == null && destination.version() == IpVersion.V4 ? SCOPE_LINK : SCOPE_UNIVERSE;
        return message(
                new MessageWriter(RTM_NEWROUTE, MessageWriter.CREATE | MessageWriter.EXCLUSIVE),
                destination,
                gateway,
                device,
                PROTOCOL_STATIC,
                scope);
    }

    public static byte[] delete(IpPrefix destination, @Nullable IpAddress gateway, int device) {
        return message(new MessageWriter(RTM_DELROUTE, 0), destination, gateway, device, 0, SCOPE_NOWHERE);
    }

    private static byte[] message(
            MessageWriter message,
            IpPrefix destination,
            @Nullable IpAddress gateway,
            int device,
            int protocol,
            int scope) {
        message.u8(Family.of(destination.version()))
                .u8(destination.length())
                .u8(0)
                .u8(0)
                .u8(TABLE_MAIN)
                .u8(protocol)
                .u8(scope)
                .u8(TYPE_UNICAST)
                .u32(0);
        if (destination.length() > 0) {
            message.attribute(RTA_DST, destination.network());
        }
        if (gateway != null) {
            message.attribute(RTA_GATEWAY, gateway);
        }
        if (device > 0) {
            message.attributeU32(RTA_OIF, device);
        }
        return message.finish();
    }

    public static Set<Route> all(NetlinkSession session, Map<Integer, InterfaceName> devices) {
        byte[] request = new MessageWriter(RTM_GETROUTE, 0).u32(0).u32(0).u32(0).finish();
        return new HashSet<>(
                session.dump(request, (type, message) -> type == RTM_NEWROUTE ? parse(message, devices) : null));
    }

    private static @Nullable Route parse(ByteBuffer message, Map<Integer, InterfaceName> devices) {
        int family = message.get(0) & 0xff;
        int protocol = message.get(5) & 0xff;
        // What follows from addresses by itself is no one's to compare or remove.
        boolean own = protocol == PROTOCOL_KERNEL || protocol == PROTOCOL_REDIRECT;
        boolean cloned = (message.getInt(8) & FLAG_CLONED) != 0;
        if ((message.get(4) & 0xff) != TABLE_MAIN
                || message.get(7) != TYPE_UNICAST
                || own
                || cloned
                || (family != Family.INET && family != Family.INET6)) {
            return null;
        }
        Attributes attributes = Attributes.after(message, BODY);
        IpVersion version = family == Family.INET ? IpVersion.V4 : IpVersion.V6;
        IpAddress destination = attributes.address(RTA_DST);
        int length = message.get(1) & 0xff;
        return new Route(
                IpPrefix.containing(destination != null ? destination : new IpAddress(version, 0, 0), length),
                attributes.address(RTA_GATEWAY),
                devices.get(attributes.u32(RTA_OIF)));
    }
}
