package io.isospin.linux.fake;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.linux.fake.FakeNamespace.End;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.libc.Errno;
import org.jspecify.annotations.Nullable;

/** Carries operations out on tables, and refuses what Linux would, with its error numbers. */
final class FakeOperations {
    private static final int ESRCH = 3;
    private static final int DEFAULT_MTU = 1500;
    private static final long MULTICAST_BIT = 0x01_00_00_00_00_00L;

    private final FakeKernel kernel;
    private final FakeTables tables;

    FakeOperations(FakeKernel kernel, FakeTables tables) {
        this.kernel = kernel;
        this.tables = tables;
    }

    void carryOut(Operation operation) {
        switch (operation) {
            case Operation.CreateBridge o -> create(o.name(), new Link.Kind.Bridge(false, 0), o.mtu(), null);
            case Operation.CreateVeth o -> createVeth(o);
            case Operation.CreateVxlan o ->
                create(
                        o.name(),
                        new Link.Kind.Vxlan(o.vni(), o.local(), 0, o.port(), o.learning(), o.proxy()),
                        o.mtu(),
                        null);
            case Operation.CreateVlan o -> {
                int trunk = tables.get(o.trunk()).index();
                require(kernel.hasVlanDevices(), "this kernel does not support it", Errno.EOPNOTSUPP);
                create(o.name(), new Link.Kind.Vlan(o.vlan(), trunk), o.mtu(), null);
            }
            case Operation.CreateTaggedPair o -> createPair(o);
            case Operation.DeleteLink o -> tables.remove(tables.get(o.name()).name());
            case Operation.SetUp o -> setUp(o);
            case Operation.SetMtu o -> {
                Link l = tables.get(o.name());
                change(l, l.mac(), o.mtu(), l.up(), l.master(), l.alias());
            }
            case Operation.SetMac o -> {
                Link l = tables.get(o.name());
                change(l, o.mac(), l.mtu(), l.up(), l.master(), l.alias());
            }
            case Operation.SetAlias o -> {
                Link l = tables.get(o.name());
                change(l, l.mac(), l.mtu(), l.up(), l.master(), o.alias());
            }
            case Operation.SetMaster o -> setMaster(o);
            case Operation.AddAddress o -> {
                tables.get(o.device());
                add(tables.addresses.add(new Observed.Address(o.device(), o.address(), o.prefixLength())));
            }
            case Operation.DeleteAddress o -> {
                tables.get(o.device());
                boolean was = tables.addresses.remove(new Observed.Address(o.device(), o.address(), o.prefixLength()));
                require(was, Errno.words(Errno.EADDRNOTAVAIL), Errno.EADDRNOTAVAIL);
            }
            case Operation.AddRoute o -> addRoute(o);
            case Operation.DeleteRoute o -> {
                boolean was =
                        tables.routes.removeIf(route -> route.destination().equals(o.destination())
                                && (o.gateway() == null || o.gateway().equals(route.gateway()))
                                && (o.device() == null || o.device().equals(route.device())));
                require(was, Errno.words(ESRCH), ESRCH);
            }
            case Operation.AddFdb o -> {
                requireTunnel(o.device());
                boolean many = o.mac().value() == 0 || (o.mac().value() & MULTICAST_BIT) != 0;
                tables.fdb.removeIf(entry -> !many
                        && entry.device().equals(o.device())
                        && entry.mac().equals(o.mac()));
                tables.fdb.add(new Observed.FdbEntry(o.device(), o.mac(), o.vtep()));
            }
            case Operation.DeleteFdb o -> {
                requireTunnel(o.device());
                boolean other = tables.fdb.stream()
                        .anyMatch(entry ->
                                entry.device().equals(o.device()) && entry.mac().equals(o.mac()));
                require(other, Errno.words(Errno.ENOENT), Errno.ENOENT);
                tables.fdb.remove(new Observed.FdbEntry(o.device(), o.mac(), o.vtep()));
            }
            case Operation.AddNeighbour o -> {
                tables.get(o.device());
                tables.neighbours.removeIf(
                        n -> n.device().equals(o.device()) && n.address().equals(o.address()));
                tables.neighbours.add(new Observed.Neighbour(o.device(), o.address(), o.mac()));
            }
            case Operation.DeleteNeighbour o -> {
                tables.get(o.device());
                boolean was = tables.neighbours.removeIf(
                        n -> n.device().equals(o.device()) && n.address().equals(o.address()));
                require(was, Errno.words(Errno.ENOENT), Errno.ENOENT);
            }
        }
    }

    private static void require(boolean condition, String otherwise, int errno) {
        if (!condition) {
            throw new KernelException(otherwise, errno);
        }
    }

    private static void add(boolean added) {
        require(added, Errno.words(Errno.EEXIST), Errno.EEXIST);
    }

    private void create(InterfaceName name, Link.Kind kind, int mtu, @Nullable MacAddress mac) {
        require(!tables.links.containsKey(name), name + " exists already", Errno.EEXIST);
        tables.put(new Link(
                tables.nextIndex(),
                name,
                kind,
                mac != null ? mac : FakeTables.randomMac(),
                mtu > 0 ? mtu : DEFAULT_MTU,
                false,
                0,
                0,
                ""));
    }

    private void change(Link link, @Nullable MacAddress mac, int mtu, boolean up, int master, String alias) {
        tables.put(new Link(link.index(), link.name(), link.kind(), mac, mtu, up, master, link.peer(), alias));
    }

    private void createVeth(Operation.CreateVeth o) {
        require(
                o.peerNamespace().isEmpty() || kernel.namespaces().contains(o.peerNamespace()),
                "there is no namespace " + o.peerNamespace(),
                Errno.ENOENT);
        FakeNamespace there = o.peerNamespace().isEmpty() ? tables.namespace() : kernel.namespace(o.peerNamespace());
        var other = new FakeOperations(kernel, there.tables());
        require(!there.tables().links.containsKey(o.peer()), o.peer() + " exists already", Errno.EEXIST);
        require(!o.peer().equals(o.name()) || there != tables.namespace(), o.name() + " twice", Errno.EEXIST);
        create(o.name(), new Link.Kind.Veth(), o.mtu(), null);
        other.create(o.peer(), new Link.Kind.Veth(), o.mtu(), o.peerMac());
        join(o.name(), there, o.peer());
        other.join(o.peer(), tables.namespace(), o.name());
    }

    private void join(InterfaceName end, FakeNamespace there, InterfaceName peer) {
        Link link = tables.get(end);
        int index = there.tables().get(peer).index();
        tables.put(new Link(
                link.index(), end, link.kind(), link.mac(), link.mtu(), link.up(), link.master(), index, link.alias()));
        tables.peers.put(end, new End(there, peer));
    }

    private void createPair(Operation.CreateTaggedPair o) {
        tables.get(o.trunk());
        InterfaceName outer = Operation.CreateTaggedPair.outerEnd(o.name());
        End peer = tables.peers.get(o.name());
        boolean ours = peer != null && peer.name().equals(outer);
        require(ours || !tables.links.containsKey(o.name()), o.name() + " exists already", Errno.EEXIST);
        if (!ours) {
            createVeth(new Operation.CreateVeth(o.name(), outer, "", null, o.mtu()));
            Link link = tables.get(outer);
            String alias = "isospin VLAN " + o.vlan() + " on " + o.trunk() + " for " + o.name();
            change(link, link.mac(), link.mtu(), true, 0, alias);
        }
        tables.pairs.removeIf(pair -> pair.device().equals(o.name()));
        tables.pairs.add(new Observed.TaggedPair(o.name(), o.trunk(), o.vlan().value()));
    }

    private void setUp(Operation.SetUp o) {
        Link link = tables.get(o.name());
        change(link, link.mac(), link.mtu(), o.up(), link.master(), link.alias());
        if (!o.up()) {
            tables.routes.removeIf(route -> o.name().equals(route.device()));
        }
    }

    private void setMaster(Operation.SetMaster o) {
        InterfaceName bridge = o.bridge();
        int master = bridge == null ? 0 : tables.get(bridge).index();
        Link link = tables.get(o.name());
        change(link, link.mac(), link.mtu(), link.up(), master, link.alias());
    }

    private void addRoute(Operation.AddRoute o) {
        InterfaceName device = o.device() != null ? o.device() : deviceOf(o.gateway());
        require(tables.get(device).up(), Errno.words(Errno.ENETDOWN), Errno.ENETDOWN);
        boolean taken =
                tables.routes.stream().anyMatch(route -> route.destination().equals(o.destination()));
        add(!taken);
        tables.routes.add(new Observed.Route(o.destination(), o.gateway(), device));
    }

    private InterfaceName deviceOf(@Nullable IpAddress gateway) {
        return tables.addresses.stream()
                .filter(address -> gateway != null
                        && IpPrefix.containing(address.address(), address.prefixLength())
                                .contains(gateway))
                .map(Observed.Address::device)
                .findFirst()
                .orElseThrow(() -> new KernelException(Errno.words(Errno.ENETUNREACH), Errno.ENETUNREACH));
    }

    private void requireTunnel(InterfaceName device) {
        boolean tunnel = tables.get(device).kind() instanceof Link.Kind.Vxlan;
        require(tunnel, device + " is no tunnel", Errno.EOPNOTSUPP);
    }
}
