package io.isospin.linux.systemd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.isospin.linux.libc.Libc;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a service tells systemd over the datagram socket named in NOTIFY_SOCKET, by the protocol of sd_notify(3). Where
 * nobody listens, nothing is told.
 */
public final class ServiceNotice implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServiceNotice.class.getName());
    private static final Duration NEVER = Duration.ZERO;

    private final String socket;
    private final Duration watchdog;
    private volatile boolean closed;

    private ServiceNotice(String socket, Duration watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** As the environment of this process says. */
    public static ServiceNotice of(Map<String, String> environment) {
        String every = environment.getOrDefault("WATCHDOG_USEC", "");
        return new ServiceNotice(
                environment.getOrDefault("NOTIFY_SOCKET", ""),
                every.matches("\\d{1,15}") ? Duration.ofNanos(Long.parseLong(every) * 1000) : NEVER);
    }

    /**
     * Says that the service is ready, and from now on, twice in the time that systemd waits, that it is well: as long as
     * {@code well} says so, which may take its time.
     */
    public void ready(String status, BooleanSupplier well) {
        if (socket.isEmpty()) {
            return;
        }
        tell("READY=1\nSTATUS=" + status);
        if (!watchdog.isZero()) {
            Thread.ofVirtual().name("watchdog").start(() -> watch(well));
        }
    }

    private void watch(BooleanSupplier well) {
        boolean wasWell = true;
        while (!closed) {
            boolean isWell = well.getAsBoolean();
            if (isWell) {
                tell("WATCHDOG=1");
            } else if (wasWell) {
                LOG.log(
                        Level.ERROR,
                        "this service does not answer itself any more; systemd will end it unless it recovers");
            }
            wasWell = isWell;
            try {
                Thread.sleep(watchdog.dividedBy(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (!socket.isEmpty()) {
            tell("STOPPING=1");
        }
    }

    private void tell(String message) {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) Libc.check(Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM_CLOEXEC, 0), "a socket for systemd");
            try {
                Libc.check(Libc.connect(fd, address(arena)), "connecting to " + socket);
                byte[] text = message.getBytes(StandardCharsets.UTF_8);
                MemorySegment data = arena.allocateFrom(JAVA_BYTE, text);
                Libc.check(Libc.send(fd, data, text.length), "telling " + socket);
            } finally {
                Libc.close(fd);
            }
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "systemd cannot be told \"" + message.lines().findFirst().orElse("") + "\": " + e.getMessage());
        }
    }

    /** struct sockaddr_un; a name that begins with @ is an abstract one, whose first byte is 0. */
    private MemorySegment address(Arena arena) {
        byte[] name = socket.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = socket.startsWith("@");
        MemorySegment address = arena.allocate(2L + name.length + (isAbstract ? 0 : 1), 2);
        address.set(JAVA_SHORT, 0, (short) Libc.AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
        if (isAbstract) {
            address.set(JAVA_BYTE, 2, (byte) 0);
        }
        return address;
    }
}
