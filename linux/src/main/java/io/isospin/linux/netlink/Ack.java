package io.isospin.linux.netlink;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.libc.Errno;

/** The kernel's answer to one request: 0 or an errno, with the kernel's own words where it gave any. */
public record Ack(int errno, String words) {
    static final Ack OK = new Ack(0, "");

    public boolean ok() {
        return errno == 0;
    }

    public void check(String what) {
        if (errno != 0) {
            throw new KernelException(what + ": " + explanation(), errno);
        }
    }

    public String explanation() {
        return words.isEmpty() ? Errno.words(errno) : Errno.words(errno) + " (" + words + ")";
    }
}
