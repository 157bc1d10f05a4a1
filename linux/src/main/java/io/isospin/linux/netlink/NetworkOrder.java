package io.isospin.linux.netlink;

import java.nio.ByteOrder;

/** Numbers of 16 bits as the machine holds them when their bytes lie in network order. */
public final class NetworkOrder {
    private NetworkOrder() {}

    public static int of(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? value & 0xffff
                : ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
    }
}
