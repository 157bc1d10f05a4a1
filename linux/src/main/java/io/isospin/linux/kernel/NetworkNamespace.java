package io.isospin.linux.kernel;

import io.isospin.core.net.InterfaceName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One network namespace: what is in it, and finished operations on it. Safe for use by several threads. */
public interface NetworkNamespace {
    /** The name in /run/netns, or an empty string for the root. */
    String name();

    /** Everything that reconciliation compares, read in one pass. */
    Observed observe();

    Optional<Link> link(InterfaceName name);

    /**
     * Applies operations in order, in as few system calls as the kernel takes. An operation that fails does not stop
     * the others: the answer has one result per operation, in order.
     */
    List<Result> apply(List<Operation> operations);

    /** What became of one operation. {@code error} is 0, or the errno with {@code message} saying what it means here. */
    record Result(Operation operation, int error, String message) {
        public boolean ok() {
            return error == 0;
        }
    }

    /**
     * Calls {@code listener} from a thread of its own whenever links appear, change or go, and once after events were
     * lost (the listener then looks at everything). Runs until the watch is closed.
     */
    Watch watch(Listener listener);

    /** Receives link events; must not block for long. */
    interface Listener {
        void changed(InterfaceName link);

        /** The kernel dropped events: look at everything again. */
        void lost();
    }

    /** A running subscription. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Reads {@code /proc/sys/<key>} as seen inside the namespace, {@code key} in slashes ({@code net/ipv4/ip_forward}). */
    Optional<String> sysctl(String key);

    void sysctl(String key, String value);

    /**
     * Starts a program inside the namespace, in a session of its own, its output to {@code log} or /dev/null; it
     * outlives this process. A program that is not installed is a {@link KernelException} (ENOENT).
     */
    Process start(Command command);

    /**
     * Calls {@code work} on a thread inside the namespace and answers its value, or throws what it threw. Sockets
     * opened there stay in the namespace and may be used by any thread later. {@code work} must not start threads or
     * processes: they would stay in the namespace for good.
     */
    <T> T call(Supplier<T> work);
}
