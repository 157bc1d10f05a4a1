package io.isospin.agent.metadata;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/** Opens listening sockets inside namespaces. A socket belongs to the namespace of the thread that made it, for good. */
final class MetadataSocket {
    private static final int PORT = 80;
    /** What the kernel's own bound, net.core.somaxconn, has been since Linux 5.4. */
    private static final int BACKLOG = 4096;

    /** Whether this Java has sockets of IPv6, which it has not where the host had none when it started. */
    static final boolean HAS_IPV6 = hasIpv6();

    private MetadataSocket() {}

    private static boolean hasIpv6() {
        try {
            ServerSocketChannel.open(StandardProtocolFamily.INET6).close();
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param device the index of the device on which a link-local address is; 0 for others */
    static ServerSocketChannel open(NetworkNamespace namespace, IpAddress address, int device) {
        return namespace.call(() -> {
            try {
                return open(address, device);
            } catch (BindException e) {
                throw new UncheckedIOException(
                        "nothing can listen at " + address + " port " + PORT + " in " + namespace.name() + ": "
                                + e.getMessage() + " (\"ip netns exec " + namespace.name()
                                + " ss -ltnp\" shows who does; Neutron's own haproxy must be ended)",
                        e);
            } catch (IOException e) {
                throw new UncheckedIOException("listening at " + address + " in " + namespace.name() + ": " + e, e);
            }
        });
    }

    private static ServerSocketChannel open(IpAddress address, int device) throws IOException {
        boolean v6 = address.version() == IpVersion.V6;
        var socket = ServerSocketChannel.open(v6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            InetAddress local = v6
                    ? Inet6Address.getByAddress(null, address.bytes(), device)
                    : InetAddress.getByAddress(address.bytes());
            return socket.bind(new InetSocketAddress(local, PORT), BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
