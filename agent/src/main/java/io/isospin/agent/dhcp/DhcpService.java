package io.isospin.agent.dhcp;

import io.isospin.agent.config.DhcpConfig;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.wiring.Inside;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.process.ProcessTable;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes one network's DHCP so: the namespace, dnsmasq's files, and dnsmasq itself, which is told of new files by a
 * signal and started anew only when its command line must change. May be called for several networks at once.
 */
public final class DhcpService {
    private static final System.Logger LOG = System.getLogger(DhcpService.class.getName());

    private final DhcpConfig config;
    private final boolean asRoot;
    private final DhcpNamespace namespaces;
    private final Dnsmasq dnsmasq;
    private final Map<ResourceId, Long> serving = new ConcurrentHashMap<>();

    /** @param asRoot whether dnsmasq must stay root, since others may not enter the state directory */
    public DhcpService(Kernel kernel, ProcessTable processes, DhcpConfig config, boolean asRoot) {
        this.config = config;
        this.asRoot = asRoot;
        this.namespaces = new DhcpNamespace(kernel, config.metadata());
        this.dnsmasq = new Dnsmasq(processes);
    }

    /**
     * Brings a network to what {@code view} wants; answers what is there where it is served now. What is not wanted goes
     * only when a server has confirmed the view.
     */
    public Optional<Inside> reconcile(ResourceId network, HostView view) {
        Unit.Dhcp dhcp = view.servedDhcp(network);
        if (dhcp != null) {
            return Optional.of(
                    serve(dhcp, view.of(network, Unit.Reservation.class).toList()));
        }
        if (view.confirmed()) {
            remove(network);
        }
        return Optional.empty();
    }

    /** What is there of a network that could not be brought to what is wanted; {@code trouble} says why not. */
    public Inside look(ResourceId network, String trouble) {
        boolean runs = dnsmasq.running(NetworkDirectory.of(config.directory(), network))
                .isPresent();
        return new Inside(DhcpNamespace.name(network), namespaces.look(network).orElse(null), runs, trouble);
    }

    /** Composes the files and the command line of the view's networks, and drops them. */
    public static void rehearse(HostView view, DhcpConfig config) {
        view.state().all(Unit.Dhcp.class).forEach(dhcp -> {
            List<Unit.Reservation> reservations =
                    view.of(dhcp.network(), Unit.Reservation.class).toList();
            HostsFile hosts = HostsFile.of(dhcp, reservations, config.dnsDomain());
            OptionsFile.of(dhcp, reservations, config.dnsDomain(), true);
            DnsmasqCommand.words(dhcp, new NetworkDirectory(config.directory()), config, config.dnsDomain(), false);
            DhcpPlanner.plan(dhcp, true, Observed.of(List.of()));
            Leases.stale("1 fa:16:3e:00:00:01 192.0.2.2 * *", hosts.owners(), Set.of());
        });
    }

    private Inside serve(Unit.Dhcp dhcp, List<Unit.Reservation> reservations) {
        DhcpNamespace.Ready ready = namespaces.ensure(dhcp);
        NetworkNamespace namespace = ready.namespace();
        NetworkDirectory directory = NetworkDirectory.of(config.directory(), dhcp.network());
        directory.create();
        String domain = dhcp.dnsDomain().isEmpty() ? config.dnsDomain() : withoutDot(dhcp.dnsDomain());
        HostsFile hosts = HostsFile.of(dhcp, reservations, domain);
        String options = OptionsFile.of(dhcp, reservations, domain, config.metadata());

        Set<IpAddress> moved = moved(directory, hosts);
        boolean changed = NetworkDirectory.write(directory.host(), hosts.hosts());
        changed |= NetworkDirectory.write(directory.names(), hosts.names());
        changed |= NetworkDirectory.write(directory.opts(), options);
        NetworkDirectory.write(
                directory.interfaceName(), InterfaceName.dhcp(dhcp.port()).value());

        List<String> words = DnsmasqCommand.words(dhcp, directory, config, domain, asRoot);
        Optional<Dnsmasq.Running> running = dnsmasq.running(directory);
        boolean right = running.filter(each -> each.hasWords(words) && dnsmasq.isIn(each, namespace.name()))
                .isPresent();
        Set<IpAddress> stale = changed || !right ? stale(directory, hosts, moved) : Set.of();
        if (!right || !stale.isEmpty()) {
            restart(namespace, running.orElse(null), directory, words, stale);
        } else if (changed) {
            running.ifPresent(dnsmasq::reload);
        }
        Optional<Dnsmasq.Running> now = dnsmasq.running(directory);
        now.ifPresent(each -> serving.put(dhcp.network(), each.pid()));
        return new Inside(namespace.name(), ready.observed(), now.isPresent(), "");
    }

    private static String withoutDot(String domain) {
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }

    /** Addresses whose line in the hosts file is new: they were someone else's, or nobody's. */
    private static Set<IpAddress> moved(NetworkDirectory directory, HostsFile hosts) {
        var before = NetworkDirectory.read(directory.host()).orElse("").lines().collect(Collectors.toSet());
        var moved = new HashSet<IpAddress>();
        hosts.lines().forEach((address, line) -> {
            if (!before.contains(line)) {
                moved.add(address);
            }
        });
        return moved;
    }

    private static Set<IpAddress> stale(NetworkDirectory directory, HostsFile hosts, Set<IpAddress> moved) {
        return NetworkDirectory.read(directory.leases())
                .map(leases -> Leases.stale(leases, hosts.owners(), moved))
                .orElse(Set.of());
    }

    private void restart(
            NetworkNamespace namespace,
            Dnsmasq.@Nullable Running running,
            NetworkDirectory directory,
            List<String> words,
            Set<IpAddress> stale) {
        if (running != null) {
            dnsmasq.stop(running);
        }
        if (!stale.isEmpty()) {
            LOG.log(Level.INFO, "{0}: dropped the leases of {1}, which have new owners", namespace.name(), stale);
            String leases = NetworkDirectory.read(directory.leases()).orElse("");
            NetworkDirectory.write(directory.leases(), Leases.without(leases, stale));
        }
        dnsmasq.start(namespace, words, directory);
        LOG.log(
                Level.INFO,
                "{0} dnsmasq in {1}",
                running == null ? "started" : stale.isEmpty() ? "restarted, with new arguments," : "restarted",
                namespace.name());
    }

    private void remove(ResourceId network) {
        serving.remove(network);
        NetworkDirectory directory = NetworkDirectory.of(config.directory(), network);
        Optional<Dnsmasq.Running> running = dnsmasq.running(directory);
        boolean there = running.isPresent() || namespaces.exists(network);
        running.ifPresent(dnsmasq::stop);
        namespaces.remove(network);
        directory.delete();
        if (there) {
            LOG.log(Level.INFO, "removed {0}", DhcpNamespace.name(network));
        }
    }

    /** The networks that have anything of DHCP on this host. */
    public List<ResourceId> present() {
        return namespaces.networks();
    }

    /** The networks whose dnsmasq has died since it was seen last. */
    public List<ResourceId> dead() {
        return serving.entrySet().stream()
                .filter(each -> !dnsmasq.isAlive(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
