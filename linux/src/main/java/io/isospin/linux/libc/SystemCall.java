package io.isospin.linux.libc;

/**
 * Numbers of system calls: on x86-64 (arch/x86/entry/syscalls/syscall_64.tbl), and on the machines that share the
 * generic table (include/uapi/asm-generic/unistd.h), which are aarch64 and riscv64.
 */
enum SystemCall {
    SOCKET(41, 198),
    BIND(49, 200),
    CONNECT(42, 203),
    SETSOCKOPT(54, 208),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    PPOLL(271, 73),
    CLOSE(3, 57),
    FCHDIR(81, 50),
    OPENAT(257, 56),
    WRITE(1, 64),
    EVENTFD2(290, 19),
    SETNS(308, 268),
    UNSHARE(272, 97),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    KILL(62, 129),
    BPF(321, 280);

    private final long number;

    SystemCall(int amd64, int generic) {
        String machine = System.getProperty("os.arch", "");
        number = switch (machine) {
            case "amd64", "x86_64" -> amd64;
            case "aarch64", "riscv64" -> generic;
            default ->
                throw new IllegalStateException("the numbers of system calls are not known for " + machine
                        + "; add them to " + SystemCall.class.getName());
        };
    }

    long number() {
        return number;
    }
}
