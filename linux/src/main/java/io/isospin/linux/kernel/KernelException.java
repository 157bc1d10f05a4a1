package io.isospin.linux.kernel;

/** The kernel refused something. {@link #errno} is its number; {@link #retryable} tells whether asking again can help. */
public final class KernelException extends RuntimeException {
    private final int errno;

    public KernelException(String what, int errno) {
        super(what);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    /** EINTR, EAGAIN, ENOMEM, EBUSY and ENOBUFS pass by themselves; anything else wants another request. */
    public boolean retryable() {
        return switch (errno) {
            case 4, 11, 12, 16, 105 -> true;
            default -> false;
        };
    }
}
