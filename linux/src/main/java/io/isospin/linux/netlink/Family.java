package io.isospin.linux.netlink;

import io.isospin.core.net.IpVersion;

/** Address families as numbers. */
final class Family {
    static final int INET = 2;
    static final int BRIDGE = 7;
    static final int INET6 = 10;

    private Family() {}

    static int of(IpVersion version) {
        return version == IpVersion.V4 ? INET : INET6;
    }
}
