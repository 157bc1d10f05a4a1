package io.isospin.agent.metadata;

import io.isospin.agent.dhcp.DhcpNamespace;
import io.isospin.agent.dhcp.DhcpPlanner;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.plan.Backoff;
import io.isospin.agent.reconcile.WorkQueue;
import io.isospin.agent.wiring.Sightings;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps sockets open where guests ask for metadata: in each namespace from which this host serves DHCP to a subnet. DHCP
 * makes the namespace with its addresses, and tells this of each one that it has looked at.
 */
public final class MetadataReconciler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MetadataReconciler.class.getName());
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

    /** A network's sockets, by the addresses on which they listen, and the namespace and device that they are bound to. */
    private record Open(NetworkNamespace namespace, int device, Map<IpAddress, ServerSocketChannel> sockets) {}

    private final Supplier<HostView> view;
    private final Kernel kernel;
    private final Acceptor acceptor;
    private final Sightings sightings;
    private final WorkQueue<ResourceId> queue = new WorkQueue<>();
    private final Map<ResourceId, Open> open = new HashMap<>();
    private final Map<ResourceId, Integer> failures = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("metadata").daemon().unstarted(this::work);

    public MetadataReconciler(Supplier<HostView> view, Kernel kernel, Acceptor acceptor, Sightings sightings) {
        this.view = view;
        this.kernel = kernel;
        this.acceptor = acceptor;
        this.sightings = sightings;
    }

    public void start() {
        thread.start();
    }

    /** A network's namespace may have come, changed or gone. */
    public void look(ResourceId network) {
        queue.add(network);
    }

    private void work() {
        try {
            while (true) {
                ResourceId network = queue.take();
                try {
                    reconcile(network);
                    failures.remove(network);
                } catch (RuntimeException e) {
                    sightings.metadata(network, String.valueOf(e.getMessage()));
                    int count = failures.merge(network, 1, Integer::sum);
                    queue.addLater(network, BACKOFF.after(count));
                    if (count == 2) {
                        LOG.log(Level.WARNING, "metadata of network {0}: {1}; trying again", network, e.getMessage());
                    }
                } finally {
                    queue.done(network);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void reconcile(ResourceId network) {
        HostView now = view.get();
        Unit.Dhcp dhcp = now.servedDhcp(network);
        boolean wanted = dhcp != null && dhcp.subnets().stream().anyMatch(Unit.DhcpSubnet::enabled);
        String name = DhcpNamespace.name(network);
        if (dhcp != null && wanted && kernel.namespaces().contains(name)) {
            serve(network, kernel.namespace(name), InterfaceName.dhcp(dhcp.port()));
            sightings.metadata(network, "");
        } else if (now.confirmed() || !kernel.namespaces().contains(name)) {
            end(network);
            sightings.noMetadata(network);
        }
    }

    private void serve(ResourceId network, NetworkNamespace namespace, InterfaceName device) {
        int index = namespace
                .link(device)
                .orElseThrow(() -> new IllegalStateException("there is no " + device + " in " + namespace.name()))
                .index();
        Open has = open.get(network);
        if (has != null && (!has.namespace().equals(namespace) || has.device() != index)) {
            end(network); // made anew by someone; what was bound there is not there any more
            has = null;
        }
        if (has == null) {
            has = new Open(namespace, index, new LinkedHashMap<>());
            open.put(network, has);
        }
        var missing = new ArrayList<IpAddress>();
        for (IpAddress address : addresses(namespace)) {
            if (!has.sockets().containsKey(address)) {
                missing.add(address);
            }
        }
        listen(network, has, missing);
    }

    private static List<IpAddress> addresses(NetworkNamespace namespace) {
        return MetadataSocket.HAS_IPV6 && DhcpNamespace.hasIpv6(namespace)
                ? List.of(DhcpPlanner.METADATA, DhcpPlanner.METADATA_V6)
                : List.of(DhcpPlanner.METADATA);
    }

    /** Opens the sockets that can be opened; fails for the others when it has tried them all. */
    private void listen(ResourceId network, Open has, List<IpAddress> addresses) {
        RuntimeException failure = null;
        for (IpAddress address : addresses) {
            try {
                int device = address.version() == IpVersion.V6 ? has.device() : 0;
                ServerSocketChannel socket = MetadataSocket.open(has.namespace(), address, device);
                has.sockets().put(address, socket);
                acceptor.listen(network, socket);
            } catch (IOException e) {
                failure = new UncheckedIOException(String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (!addresses.isEmpty() && !has.sockets().isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "metadata is served at {0} in {1}",
                    has.sockets().keySet(),
                    has.namespace().name());
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void end(ResourceId network) {
        Open had = open.remove(network);
        if (had != null) {
            had.sockets().values().forEach(acceptor::end);
            acceptor.cut(network);
            LOG.log(
                    Level.INFO,
                    "metadata is not served in {0} any more",
                    had.namespace().name());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        synchronized (this) {
            open.values().forEach(each -> each.sockets().values().forEach(acceptor::end));
            open.clear();
        }
    }
}
