package io.isospin.linux.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.isospin.linux.libc.Fd;
import io.isospin.linux.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A NETLINK_ROUTE socket of the network namespace in which the opening thread was; any thread may use it later. */
final class NetlinkSocket implements AutoCloseable {
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int PATIENCE_SECONDS = 20;

    private final Fd fd;

    private NetlinkSocket(Fd fd) {
        this.fd = fd;
    }

    /** Opens a socket that hears the multicast groups of {@code groups} (a bit each, RTMGRP_*), 0 for none. */
    static NetlinkSocket open(int groups) {
        int number =
                (int) Libc.check(Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW_CLOEXEC, 0), "opening a netlink socket");
        var fd = new Fd(number);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(12, 4);
            address.set(JAVA_SHORT, 0, (short) Libc.AF_NETLINK);
            address.set(JAVA_INT, 8, groups);
            Libc.check(Libc.bind(number, address), "binding a netlink socket");
            // Every acknowledgement of a batch waits in this buffer. Only root may pass net.core.rmem_max.
            if (Libc.setSocketOption(number, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, RECEIVE_BUFFER) < 0) {
                Libc.check(
                        Libc.setSocketOption(number, Libc.SOL_SOCKET, Libc.SO_RCVBUF, RECEIVE_BUFFER),
                        "sizing a netlink socket's buffer");
            }
            if (groups == 0) {
                Libc.check(Libc.setReceiveTimeout(number, PATIENCE_SECONDS), "setting a netlink socket's timeout");
            }
            // Without these (before 4.12) answers are only longer and wordless, so a refusal does not matter.
            int capped = Libc.setSocketOption(number, SOL_NETLINK, NETLINK_CAP_ACK, 1);
            int extended = Libc.setSocketOption(number, SOL_NETLINK, NETLINK_EXT_ACK, 1);
            if (capped < 0 || extended < 0) {
                System.getLogger(NetlinkSocket.class.getName())
                        .log(System.Logger.Level.DEBUG, "this kernel explains no netlink errors");
            }
            return new NetlinkSocket(fd);
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    int number() {
        return fd.number();
    }

    void send(MemorySegment data, long length) {
        Libc.check(Libc.send(fd.number(), data, length), "sending to the kernel over netlink");
    }

    /** The length of the next datagram (more than {@code into} holds where it was cut), or a negated errno. */
    long receive(MemorySegment into, int flags) {
        return Libc.receive(fd.number(), into, flags | Libc.MSG_TRUNC);
    }

    @Override
    public void close() {
        fd.close();
    }
}
