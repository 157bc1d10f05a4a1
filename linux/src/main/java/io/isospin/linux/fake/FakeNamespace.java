package io.isospin.linux.fake;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.MacAddress;
import io.isospin.linux.Refusal;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One namespace in memory. All namespaces of a kernel share its lock, since a veth pair joins two of them. */
public final class FakeNamespace implements NetworkNamespace {
    private record Fault(Predicate<Operation> of, int errno) {}

    private final FakeKernel kernel;
    private final String name;
    private final FakeTables tables;
    private final Map<String, String> parameters = new ConcurrentHashMap<>();
    private final List<FakeProcess> processes = new CopyOnWriteArrayList<>();
    private final List<Operation> applied = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<FakeWatch> watches = ConcurrentHashMap.newKeySet();

    FakeNamespace(FakeKernel kernel, String name) {
        this.kernel = kernel;
        this.name = name;
        this.tables = new FakeTables(kernel, this);
    }

    FakeTables tables() {
        return tables;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Observed observe() {
        synchronized (kernel) {
            return tables.observed();
        }
    }

    @Override
    public Optional<Link> link(InterfaceName link) {
        synchronized (kernel) {
            return Optional.ofNullable(tables.links.get(link));
        }
    }

    @Override
    public List<Result> apply(List<Operation> operations) {
        synchronized (kernel) {
            return operations.stream().map(this::apply).toList();
        }
    }

    private Result apply(Operation operation) {
        applied.add(operation);
        try {
            for (Fault fault : faults) {
                if (fault.of().test(operation)) {
                    throw new KernelException("as the test wants it", fault.errno());
                }
            }
            new FakeOperations(kernel, tables).carryOut(operation);
            return Refusal.none(operation);
        } catch (KernelException e) {
            return Refusal.of(operation, e);
        }
    }

    void changed(InterfaceName link) {
        watches.forEach(watch -> watch.changed(link));
    }

    @Override
    public Watch watch(Listener listener) {
        var watch = new FakeWatch(listener, watches::remove);
        watches.add(watch);
        return watch;
    }

    @Override
    public Optional<String> sysctl(String key) {
        return Optional.ofNullable(parameters.get(key));
    }

    @Override
    public void sysctl(String key, String value) {
        parameters.put(key, value);
    }

    @Override
    public FakeProcess start(Command command) {
        var process = new FakeProcess(command);
        processes.add(process);
        return process;
    }

    /** Calls {@code work} right here: there is nothing to enter. */
    @Override
    public <T> T call(Supplier<T> work) {
        return work.get();
    }

    /** A device that a host has by itself (a network card), or that another program makes (a tap); it is up. */
    public void addDevice(InterfaceName device, MacAddress mac, int mtu) {
        synchronized (kernel) {
            tables.put(new Link(tables.nextIndex(), device, new Link.Kind.Other(""), mac, mtu, true, 0, 0, ""));
        }
    }

    /** Lets every operation of this kind fail from now on, until {@link #heal}. */
    public void fail(Predicate<Operation> which, int errno) {
        synchronized (kernel) {
            faults.add(new Fault(which, errno));
        }
    }

    public void heal() {
        synchronized (kernel) {
            faults.clear();
        }
    }

    /** Everything that was asked for, failed or not, since the last {@link #forgetApplied}. */
    public List<Operation> applied() {
        synchronized (kernel) {
            return List.copyOf(applied);
        }
    }

    public void forgetApplied() {
        synchronized (kernel) {
            applied.clear();
        }
    }

    /** Every program that was started here, running or not. */
    public List<FakeProcess> processes() {
        return List.copyOf(processes);
    }

    /** Tells every listener that events were lost. */
    public void loseEvents() {
        watches.forEach(FakeWatch::lost);
    }

    /** What was in it when its last user went: devices go, and with a veth its other end. */
    void emptied() {
        for (InterfaceName device : List.copyOf(tables.links.keySet())) {
            tables.remove(device);
        }
        closeWatches();
    }

    void closeWatches() {
        List.copyOf(watches).forEach(FakeWatch::close);
    }

    /** The peers of veth ends, whichever namespace they are in. */
    record End(FakeNamespace namespace, InterfaceName name) {}
}
