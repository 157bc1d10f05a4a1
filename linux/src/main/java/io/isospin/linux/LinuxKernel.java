package io.isospin.linux;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.VlanId;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.netlink.Ack;
import io.isospin.linux.netlink.LinkReader;
import io.isospin.linux.netlink.LinkRequests;
import io.isospin.linux.netlink.NetlinkSession;
import io.isospin.linux.netns.NamedNamespaces;
import io.isospin.linux.netns.Netns;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kernel of this host, spoken to over netlink by this process, which must be root. */
public final class LinuxKernel implements Kernel {
    private static final System.Logger LOG = System.getLogger(LinuxKernel.class.getName());

    private final NamedNamespaces names;
    private final LinuxNamespace root;
    private final Map<String, LinuxNamespace> open = new HashMap<>();
    private @Nullable Boolean vlanDevices;

    private LinuxKernel(NamedNamespaces names, @Nullable Path root) {
        this.names = names;
        NetlinkSession session = root == null ? NetlinkSession.open() : Netns.call(root, NetlinkSession::open);
        this.root = new LinuxNamespace("", root, 0, names, session);
    }

    /** The network namespace of this process and those named in /run/netns. */
    public static Kernel open() {
        return new LinuxKernel(NamedNamespaces.own(), null);
    }

    /**
     * The same as another process sees it: its network namespace is the root, and the names are those in its /run/netns.
     * Programs are started in one of these network namespaces, but with this process's view of files and processes.
     */
    public static Kernel seenBy(long pid) {
        return new LinuxKernel(NamedNamespaces.seenBy(pid), Path.of("/proc", Long.toString(pid), "ns/net"));
    }

    @Override
    public NetworkNamespace root() {
        return root;
    }

    @Override
    public Set<String> namespaces() {
        return names.names();
    }

    @Override
    public synchronized NetworkNamespace namespace(String name) {
        Path path = names.path(name);
        LinuxNamespace known = open.get(name);
        if (known != null) {
            if (known.identity() == names.identity(name)) {
                return known;
            }
            // Someone else deleted it, and maybe made another of the same name.
            open.remove(name);
            known.close();
        }
        boolean made = names.create(name);
        NetlinkSession session = enter(name, path, made);
        var namespace = new LinuxNamespace(name, path, names.identity(name), names, session);
        if (made) {
            session.transact(LinkRequests.setUp(new InterfaceName("lo"), true)).check("raising lo in " + name);
        }
        open.put(name, namespace);
        return namespace;
    }

    private NetlinkSession enter(String name, Path path, boolean made) {
        try {
            return Netns.call(path, NetlinkSession::open);
        } catch (KernelException e) {
            if (made || e.errno() != Errno.EINVAL) {
                throw e;
            }
            // A plain file: whoever made it died before mounting the namespace on it.
            LOG.log(System.Logger.Level.WARNING, "{0} is no namespace; making it anew", path);
            names.delete(name);
            names.create(name);
            return Netns.call(path, NetlinkSession::open);
        }
    }

    @Override
    public synchronized void delete(String name) {
        LinuxNamespace known = open.remove(name);
        if (known != null) {
            known.close();
        }
        names.delete(name);
    }

    /** Asks by making a VLAN device in a namespace that is gone afterwards; which also loads the module, where there is one. */
    @Override
    public synchronized boolean hasVlanDevices() {
        if (vlanDevices == null) {
            vlanDevices = Netns.callInNew(LinuxKernel::probeVlan);
            LOG.log(
                    System.Logger.Level.INFO,
                    vlanDevices
                            ? "VLAN networks use the kernel''s own VLAN devices (8021q)"
                            : "this kernel has no VLAN devices (8021q); eBPF pairs stand in for them");
        }
        return vlanDevices;
    }

    private static boolean probeVlan() {
        try (NetlinkSession session = NetlinkSession.open()) {
            var trunk = new InterfaceName("probe0");
            session.transact(LinkRequests.createVeth(trunk, new InterfaceName("probe1"), -1, null, 0))
                    .check("making a veth pair to probe for VLAN devices");
            int index = LinkReader.named(session, List.of(trunk))
                    .getFirst()
                    .orElseThrow()
                    .index();
            Ack ack = session.transact(
                    LinkRequests.createVlan(InterfaceName.vlan(trunk, new VlanId(1)), index, new VlanId(1), 0));
            return ack.ok();
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(LinuxNamespace::close);
        open.clear();
        root.close();
    }
}
