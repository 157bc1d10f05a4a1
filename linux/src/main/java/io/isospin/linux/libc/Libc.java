package io.isospin.linux.libc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.isospin.linux.kernel.KernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * System calls through the C library's syscall(2). Each answers as the kernel itself does: the value, or the negated
 * errno, which is captured within the call, so that nothing that the virtual machine does in between can change it.
 *
 * <p>One function serves for all, as each further shape of a downcall costs the virtual machine 20 ms at start.
 */
public final class Libc {
    public static final int AF_NETLINK = 16;
    public static final int AF_UNIX = 1;
    public static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    public static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_TRUNC = 0x20;
    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVBUF = 8;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SO_RCVTIMEO = 20;
    public static final int CLONE_NEWNET = 0x40000000;
    private static final int CLONE_NEWNS = 0x20000;
    private static final int CLONE_FS = 0x200;
    public static final int MS_BIND = 0x1000;
    public static final int MS_REC = 0x4000;
    public static final int MS_SHARED = 1 << 20;
    public static final int MNT_DETACH = 2;
    private static final short POLLIN = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int AT_FDCWD = -100;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(1));

    private Libc() {}

    /** Throws unless {@code result} is a success; {@code what} says what was tried. */
    public static long check(long result, String what) {
        if (result < 0) {
            int errno = (int) -result;
            throw new KernelException(what + ": " + Errno.words(errno), errno);
        }
        return result;
    }

    // Pointers go as numbers: whoever calls keeps the memory alive until this returns.
    private static long call(SystemCall call, long a, long b, long c, long d, long e) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = (long) SYSCALL.invokeExact(state, call.number(), a, b, c, d, e, 0L);
            return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError("a downcall throws nothing checked", thrown);
        }
    }

    public static int socket(int domain, int type, int protocol) {
        return (int) call(SystemCall.SOCKET, domain, type, protocol, 0, 0);
    }

    public static int bind(int fd, MemorySegment address) {
        return (int) call(SystemCall.BIND, fd, address.address(), address.byteSize(), 0, 0);
    }

    public static int connect(int fd, MemorySegment address) {
        return (int) call(SystemCall.CONNECT, fd, address.address(), address.byteSize(), 0, 0);
    }

    public static int setSocketOption(int fd, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment box = arena.allocateFrom(JAVA_INT, value);
            return (int) call(SystemCall.SETSOCKOPT, fd, level, option, box.address(), box.byteSize());
        }
    }

    public static int setReceiveTimeout(int fd, int seconds) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timeval = arena.allocateFrom(JAVA_LONG, seconds, 0);
            return (int) call(SystemCall.SETSOCKOPT, fd, SOL_SOCKET, SO_RCVTIMEO, timeval.address(), 16);
        }
    }

    public static long send(int fd, MemorySegment data, long length) {
        return call(SystemCall.SENDTO, fd, data.address(), length, 0, 0);
    }

    public static long receive(int fd, MemorySegment into, int flags) {
        return call(SystemCall.RECVFROM, fd, into.address(), into.byteSize(), flags, 0);
    }

    /** Waits, without a limit, until a descriptor can be read: bit 0 for the first, bit 1 for the second, or an error. */
    public static int awaitReadable(int first, int second) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(16, 4); // two of struct pollfd
            set.set(JAVA_INT, 0, first);
            set.set(JAVA_SHORT, 4, POLLIN);
            set.set(JAVA_INT, 8, second);
            set.set(JAVA_SHORT, 12, POLLIN);
            int ready = (int) call(SystemCall.PPOLL, set.address(), 2, 0, 0, 0);
            int one = set.get(JAVA_SHORT, 6) != 0 ? 1 : 0;
            int two = set.get(JAVA_SHORT, 14) != 0 ? 2 : 0;
            return ready < 0 ? ready : one | two;
        }
    }

    public static int close(int fd) {
        return (int) call(SystemCall.CLOSE, fd, 0, 0, 0, 0);
    }

    public static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(path).address();
            return (int) call(SystemCall.OPENAT, AT_FDCWD, name, flags | O_CLOEXEC, 0, 0);
        }
    }

    public static int eventfd() {
        return (int) call(SystemCall.EVENTFD2, 0, EFD_CLOEXEC, 0, 0, 0);
    }

    /** Makes an eventfd readable. */
    public static long signal(int eventfd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
            return call(SystemCall.WRITE, eventfd, one.address(), one.byteSize(), 0, 0);
        }
    }

    /** Moves the calling thread (a platform thread) into the network namespace behind {@code fd}. */
    public static int setns(int fd) {
        return (int) call(SystemCall.SETNS, fd, CLONE_NEWNET, 0, 0, 0);
    }

    /** Gives the calling thread (a platform thread) a new network namespace. */
    public static int unshareNetwork() {
        return (int) call(SystemCall.UNSHARE, CLONE_NEWNET, 0, 0, 0, 0);
    }

    /** Moves the calling thread (a platform thread whose files are its own) into the mount namespace behind {@code fd}. */
    public static int setMountNamespace(int fd) {
        return (int) call(SystemCall.SETNS, fd, CLONE_NEWNS, 0, 0, 0);
    }

    /** Gives the calling thread a root and a working directory of its own, which else all threads share. */
    public static int unshareFiles() {
        return (int) call(SystemCall.UNSHARE, CLONE_FS, 0, 0, 0, 0);
    }

    /** Sets the working directory of the calling thread, and of those that share it. */
    public static int changeDirectory(int fd) {
        return (int) call(SystemCall.FCHDIR, fd, 0, 0, 0, 0);
    }

    public static int mount(String source, String target, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            long from = arena.allocateFrom(source).address();
            long to = arena.allocateFrom(target).address();
            return (int)
                    call(SystemCall.MOUNT, from, to, arena.allocateFrom("none").address(), flags, 0);
        }
    }

    public static int unmount(String target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) call(SystemCall.UMOUNT2, arena.allocateFrom(target).address(), flags, 0, 0, 0);
        }
    }

    /** Sends a signal to a process. */
    public static int kill(int pid, int signal) {
        return (int) call(SystemCall.KILL, pid, signal, 0, 0, 0);
    }

    /** bpf(2) with a {@code union bpf_attr} in {@code attributes}. */
    public static long bpf(int command, MemorySegment attributes) {
        return call(SystemCall.BPF, command, attributes.address(), attributes.byteSize(), 0, 0);
    }
}
