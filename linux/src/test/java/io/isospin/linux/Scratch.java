package io.isospin.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Throwaway namespaces of a test, with names that no other test uses; closing removes them. */
final class Scratch implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Kernel kernel;
    private final List<String> made = new ArrayList<>();

    Scratch(Kernel kernel) {
        this.kernel = kernel;
    }

    static Kernel realKernel() {
        assertThat(System.getProperty("user.name"))
                .as("these tests make network namespaces: run them as root")
                .isEqualTo("root");
        return LinuxKernel.open();
    }

    String freshName() {
        String name = "isotest-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        made.add(name);
        return name;
    }

    NetworkNamespace namespace() {
        return kernel.namespace(freshName());
    }

    static InterfaceName device(String name) {
        return new InterfaceName(name);
    }

    /** Applies operations that must all succeed. */
    static void apply(NetworkNamespace namespace, Operation... operations) {
        assertThat(namespace.apply(List.of(operations)))
                .allSatisfy(r ->
                        assertThat(r.message()).as(r.operation().toString()).isEmpty());
    }

    @Override
    public void close() {
        var failures = new ArrayList<KernelException>();
        for (String name : made) {
            try {
                kernel.delete(name);
            } catch (KernelException e) {
                failures.add(e);
            }
        }
        kernel.close();
        assertThat(failures).isEmpty();
    }
}
