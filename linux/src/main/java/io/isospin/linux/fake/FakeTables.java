package io.isospin.linux.fake;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.MacAddress;
import io.isospin.linux.fake.FakeNamespace.End;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.libc.Errno;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What one namespace in memory holds. Guarded by the kernel's lock. */
final class FakeTables {
    private static final AtomicLong MACS = new AtomicLong(0x02_00_00_00_00_00L);

    final Map<InterfaceName, Link> links = new LinkedHashMap<>();
    final Map<InterfaceName, End> peers = new HashMap<>();
    final Set<Observed.Address> addresses = new HashSet<>();
    final Set<Observed.Route> routes = new HashSet<>();
    final Set<Observed.FdbEntry> fdb = new HashSet<>();
    final Set<Observed.Neighbour> neighbours = new HashSet<>();
    final Set<Observed.TaggedPair> pairs = new HashSet<>();

    private final FakeNamespace namespace;
    private int lastIndex;

    FakeTables(FakeKernel kernel, FakeNamespace namespace) {
        this.namespace = namespace;
        var loopback = new InterfaceName("lo");
        synchronized (kernel) {
            links.put(
                    loopback,
                    new Link(
                            nextIndex(), loopback, new Link.Kind.Other(""), new MacAddress(0), 65_536, true, 0, 0, ""));
        }
    }

    FakeNamespace namespace() {
        return namespace;
    }

    int nextIndex() {
        return ++lastIndex;
    }

    static MacAddress randomMac() {
        return new MacAddress(MACS.incrementAndGet());
    }

    Link get(InterfaceName name) {
        Link link = links.get(name);
        if (link == null) {
            throw new KernelException("there is no device " + name, Errno.ENODEV);
        }
        return link;
    }

    /** A new device, or a changed one. */
    void put(Link link) {
        links.put(link.name(), link);
        namespace.changed(link.name());
    }

    /** Removes a device and all that goes with it. */
    void remove(InterfaceName name) {
        Link gone = links.remove(name);
        if (gone == null) {
            return;
        }
        addresses.removeIf(address -> address.device().equals(name));
        routes.removeIf(route -> name.equals(route.device()));
        fdb.removeIf(entry -> entry.device().equals(name));
        neighbours.removeIf(neighbour -> neighbour.device().equals(name));
        pairs.removeIf(pair -> pair.device().equals(name) || pair.trunk().equals(name));
        links.replaceAll((other, link) -> link.master() == gone.index() ? withMaster(link, 0) : link);
        namespace.changed(name);
        End peer = peers.remove(name);
        if (peer != null) {
            peer.namespace().tables().remove(peer.name());
        }
        List<InterfaceName> above = links.values().stream()
                .filter(link -> link.kind() instanceof Link.Kind.Vlan vlan && vlan.device() == gone.index())
                .map(Link::name)
                .toList();
        above.forEach(this::remove);
    }

    static Link withMaster(Link link, int master) {
        return new Link(
                link.index(),
                link.name(),
                link.kind(),
                link.mac(),
                link.mtu(),
                link.up(),
                master,
                link.peer(),
                link.alias());
    }

    Observed observed() {
        return new Observed(
                Collections.unmodifiableMap(new LinkedHashMap<>(links)),
                Set.copyOf(addresses),
                Set.copyOf(routes),
                Set.copyOf(fdb),
                Set.copyOf(neighbours),
                Set.copyOf(pairs));
    }
}
