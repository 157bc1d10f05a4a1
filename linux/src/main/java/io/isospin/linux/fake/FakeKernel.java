package io.isospin.linux.fake;

import io.isospin.linux.kernel.Kernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Starts with an empty root namespace; {@link FakeNamespace#addDevice} puts the devices there that a host has. */
public final class FakeKernel implements Kernel {
    private final boolean vlanDevices;
    private final FakeNamespace root = new FakeNamespace(this, "");
    private final Map<String, FakeNamespace> named = new HashMap<>();

    public FakeKernel(boolean vlanDevices) {
        this.vlanDevices = vlanDevices;
    }

    @Override
    public FakeNamespace root() {
        return root;
    }

    @Override
    public synchronized Set<String> namespaces() {
        return new TreeSet<>(named.keySet());
    }

    @Override
    public synchronized FakeNamespace namespace(String name) {
        return named.computeIfAbsent(name, missing -> new FakeNamespace(this, missing));
    }

    @Override
    public synchronized void delete(String name) {
        FakeNamespace gone = named.remove(name);
        if (gone != null) {
            gone.emptied();
        }
    }

    @Override
    public boolean hasVlanDevices() {
        return vlanDevices;
    }

    @Override
    public synchronized void close() {
        named.values().forEach(FakeNamespace::closeWatches);
        root.closeWatches();
    }
}
