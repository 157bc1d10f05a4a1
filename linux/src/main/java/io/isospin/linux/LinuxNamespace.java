package io.isospin.linux;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.netlink.AddressMessages;
import io.isospin.linux.netlink.LinkReader;
import io.isospin.linux.netlink.LinkWatch;
import io.isospin.linux.netlink.NeighbourMessages;
import io.isospin.linux.netlink.NetlinkSession;
import io.isospin.linux.netlink.RouteMessages;
import io.isospin.linux.netns.NamedNamespaces;
import io.isospin.linux.netns.Netns;
import io.isospin.linux.process.Programs;
import io.isospin.linux.sysctl.Sysctl;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One namespace of the real kernel: a netlink socket opened inside it, and its path for entering it. */
final class LinuxNamespace implements NetworkNamespace, AutoCloseable {
    private final String name;
    private final @Nullable Path path;
    private final long identity;
    private final NamedNamespaces names;
    private final NetlinkSession session;
    private final ReentrantLock applying = new ReentrantLock();
    private final Set<LinkWatch> watches = ConcurrentHashMap.newKeySet();

    LinuxNamespace(String name, @Nullable Path path, long identity, NamedNamespaces names, NetlinkSession session) {
        this.name = name;
        this.path = path;
        this.identity = identity;
        this.names = names;
        this.session = session;
    }

    long identity() {
        return identity;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T> T call(Supplier<T> work) {
        return path == null ? work.get() : Netns.call(path, work);
    }

    @Override
    public Observed observe() {
        List<Link> list = LinkReader.all(session);
        var links = new LinkedHashMap<InterfaceName, Link>();
        var devices = new HashMap<Integer, InterfaceName>();
        boolean tunnels = false;
        for (Link link : list) {
            links.put(link.name(), link);
            devices.put(link.index(), link.name());
            tunnels |= link.kind() instanceof Link.Kind.Vxlan;
        }
        Map<InterfaceName, Link> unmodifiable = Collections.unmodifiableMap(links);
        return new Observed(
                unmodifiable,
                AddressMessages.all(session, devices),
                RouteMessages.all(session, devices),
                // Every bridge lists what it has learnt: not worth reading where no tunnel can have an entry.
                tunnels ? NeighbourMessages.fdb(session, devices) : Set.of(),
                NeighbourMessages.permanent(session, devices),
                TaggedPairs.find(session, unmodifiable));
    }

    @Override
    public Optional<Link> link(InterfaceName link) {
        return LinkReader.named(session, List.of(link)).getFirst();
    }

    @Override
    public List<Result> apply(List<Operation> operations) {
        applying.lock();
        try (var batch = new Batch(session, names, new TaggedPairs(session, this), operations)) {
            return batch.run();
        } finally {
            applying.unlock();
        }
    }

    @Override
    public Watch watch(Listener listener) {
        LinkWatch watch = call(() -> LinkWatch.open("links " + name, listener, watches::remove));
        watches.add(watch);
        watch.start();
        return watch;
    }

    @Override
    public Optional<String> sysctl(String key) {
        return call(() -> Sysctl.read(key));
    }

    @Override
    public void sysctl(String key, String value) {
        call(() -> {
            Sysctl.write(key, value);
            return true;
        });
    }

    @Override
    public Process start(Command command) {
        return Programs.start(command, path);
    }

    @Override
    public void close() {
        List.copyOf(watches).forEach(LinkWatch::close);
        session.close();
    }
}
