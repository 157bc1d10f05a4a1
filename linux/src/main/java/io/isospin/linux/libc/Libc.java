package io.isospin.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.isospin.linux.kernel.KernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * System calls through the C library. Each answers as the kernel itself does: the value, or the negated errno, which
 * is captured within the call, so that nothing that the virtual machine does in between can change it.
 */
public final class Libc {
    public static final int AF_NETLINK = 16;
    public static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_TRUNC = 0x20;
    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVBUF = 8;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SO_RCVTIMEO = 20;
    public static final int CLONE_NEWNET = 0x40000000;
    public static final int MS_BIND = 0x1000;
    public static final int MS_REC = 0x4000;
    public static final int MS_SHARED = 1 << 20;
    public static final int MNT_DETACH = 2;
    public static final int POLLIN = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int EFD_CLOEXEC = 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN = variadic(2, "open", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle WRITE = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETNS = function("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UNSHARE = function("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle MOUNT =
            function("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT2 = function("umount2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYSCALL =
            variadic(1, "syscall", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    /** bpf(2) has no wrapper in the C library, so its number is needed; it differs between machines. */
    private static final long NR_BPF = switch (System.getProperty("os.arch", "")) {
        case "amd64", "x86_64" -> 321;
        case "aarch64", "riscv64" -> 280;
        case "ppc64le" -> 361;
        case "s390x" -> 351;
        default -> -1;
    };

    private Libc() {}

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(int fixed, String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(fixed));
    }

    /** Throws unless {@code result} is a success; {@code what} says what was tried. */
    public static long check(long result, String what) {
        if (result < 0) {
            int errno = (int) -result;
            throw new KernelException(what + ": " + Errno.words(errno), errno);
        }
        return result;
    }

    @FunctionalInterface
    private interface Downcall {
        long invoke(Arena arena, MemorySegment state) throws Throwable;
    }

    private static long call(Downcall downcall) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = downcall.invoke(arena, state);
            return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    public static int socket(int domain, int type, int protocol) {
        return (int) call((arena, state) -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    public static int bind(int fd, MemorySegment address) {
        return (int) call((arena, state) -> (int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
    }

    public static int setSocketOption(int fd, int level, int option, int value) {
        return (int) call((arena, state) -> {
            MemorySegment box = arena.allocateFrom(JAVA_INT, value);
            return (int) SETSOCKOPT.invokeExact(state, fd, level, option, box, 4);
        });
    }

    public static int setReceiveTimeout(int fd, int seconds) {
        return (int) call((arena, state) -> {
            MemorySegment timeval = arena.allocateFrom(JAVA_LONG, seconds, 0);
            return (int) SETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_RCVTIMEO, timeval, 16);
        });
    }

    public static long send(int fd, MemorySegment data, long length) {
        return call((arena, state) -> (long) SEND.invokeExact(state, fd, data, length, 0));
    }

    public static long receive(int fd, MemorySegment into, int flags) {
        return call((arena, state) -> (long) RECV.invokeExact(state, fd, into, into.byteSize(), flags));
    }

    /** Waits, without a limit, until one of the descriptors can be read; answers whether the first can. */
    public static boolean awaitReadable(int first, int second) {
        return call((arena, state) -> {
                    MemorySegment set = arena.allocate(16, 4);
                    set.set(JAVA_INT, 0, first);
                    set.set(JAVA_INT, 4, POLLIN);
                    set.set(JAVA_INT, 8, second);
                    set.set(JAVA_INT, 12, POLLIN);
                    int ready = (int) POLL.invokeExact(state, set, 2L, -1);
                    return ready < 0 ? ready : set.get(JAVA_INT, 4) >>> 16;
                })
                > 0;
    }

    public static int close(int fd) {
        return (int) call((arena, state) -> (int) CLOSE.invokeExact(state, fd));
    }

    public static int open(String path, int flags) {
        return (int)
                call((arena, state) -> (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags | O_CLOEXEC, 0));
    }

    public static int eventfd() {
        return (int) call((arena, state) -> (int) EVENTFD.invokeExact(state, 0, EFD_CLOEXEC));
    }

    /** Makes an eventfd readable. */
    public static long signal(int eventfd) {
        return call((arena, state) -> (long) WRITE.invokeExact(state, eventfd, arena.allocateFrom(JAVA_LONG, 1L), 8L));
    }

    /** Moves the calling thread (a platform thread) into the network namespace behind {@code fd}. */
    public static int setns(int fd) {
        return (int) call((arena, state) -> (int) SETNS.invokeExact(state, fd, CLONE_NEWNET));
    }

    /** Gives the calling thread (a platform thread) a new network namespace. */
    public static int unshareNetwork() {
        return (int) call((arena, state) -> (int) UNSHARE.invokeExact(state, CLONE_NEWNET));
    }

    public static int mount(String source, String target, long flags) {
        return (int) call((arena, state) -> (int) MOUNT.invokeExact(
                state,
                arena.allocateFrom(source),
                arena.allocateFrom(target),
                arena.allocateFrom("none"),
                flags,
                MemorySegment.NULL));
    }

    public static int unmount(String target, int flags) {
        return (int) call((arena, state) -> (int) UMOUNT2.invokeExact(state, arena.allocateFrom(target), flags));
    }

    /** bpf(2) with a {@code union bpf_attr} in {@code attributes}. */
    public static long bpf(int command, MemorySegment attributes) {
        if (NR_BPF < 0) {
            return -38; // ENOSYS: the number of the call is not known for this machine
        }
        return call((arena, state) ->
                (long) SYSCALL.invokeExact(state, NR_BPF, command, attributes, (int) attributes.byteSize()));
    }
}
