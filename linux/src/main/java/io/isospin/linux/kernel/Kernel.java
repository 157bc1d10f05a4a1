package io.isospin.linux.kernel;

import java.util.Set;

/** The namespaces of one host. {@code root} is the one that the process runs in; the others are in /run/netns. */
public interface Kernel extends AutoCloseable {
    NetworkNamespace root();

    Set<String> namespaces();

    /**
     * Opens a named namespace; creates it, with its loopback up, where there is none.
     * The same object is returned until {@link #delete}.
     */
    NetworkNamespace namespace(String name);

    /** Removes the name and closes what this kernel has open in it; the kernel frees it when its last process goes. */
    void delete(String name);

    /** Whether this kernel has VLAN devices (8021q); where not, a pair of eBPF programs stands in. */
    boolean hasVlanDevices();

    @Override
    void close();
}
