package io.isospin.linux.libc;

/** Error numbers of Linux (asm-generic/errno.h), with the words that people know them by. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ERANGE = 34;
    public static final int ENOBUFS = 105;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ENOTCONN = 107;

    private Errno() {}

    public static String words(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted; this needs root (CAP_NET_ADMIN and CAP_SYS_ADMIN)";
            case ENOENT, ENXIO -> "no such thing";
            case 3 -> "no such entry";
            case EINTR -> "interrupted by other changes";
            case EIO -> "input/output error";
            case EAGAIN -> "no answer in time";
            case ENOMEM -> "out of memory";
            case EACCES -> "access denied";
            case EBUSY -> "busy";
            case EEXIST -> "exists already";
            case ENODEV -> "no such device";
            case EINVAL -> "an argument that the kernel refuses";
            case 23, 24 -> "too many open files";
            case ERANGE -> "out of range";
            case 40 -> "would make a loop";
            case EOPNOTSUPP -> "not supported by this kernel";
            case EADDRINUSE -> "address in use";
            case EADDRNOTAVAIL -> "no such address";
            case ENETDOWN -> "the device is down";
            case ENETUNREACH -> "network unreachable";
            case ENOBUFS -> "out of buffer space";
            case ENOTCONN -> "the other end is not there yet";
            case 113 -> "no route to host";
            default -> "error " + errno;
        };
    }
}
