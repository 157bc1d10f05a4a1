package io.isospin.agent.dhcp;

import io.isospin.agent.mirror.Change;
import io.isospin.agent.mirror.Desired;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.plan.Backoff;
import io.isospin.agent.reconcile.WorkQueue;
import io.isospin.agent.report.Reporter;
import io.isospin.agent.wiring.Inside;
import io.isospin.agent.wiring.Sightings;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Works through the networks whose DHCP may not be as wanted: those that the feed has changed, those that failed, those
 * whose dnsmasq died, and all of them from time to time.
 */
public final class DhcpReconciler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DhcpReconciler.class.getName());
    private static final Duration SAFETY_NET = Duration.ofSeconds(30);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));
    private static final int WORKERS = 3;
    /** A first failure often passes by itself; from here on the server is told. */
    private static final int TELL_FROM = 2;

    private final String host;
    private final Desired desired;
    private final DhcpService service;
    private final Reporter reporter;
    private final Sightings sightings;
    private final Duration pollingInterval;
    private final Consumer<ResourceId> afterwards;
    private final WorkQueue<ResourceId> queue = new WorkQueue<>();
    private final Map<ResourceId, Integer> failures = new ConcurrentHashMap<>();
    private final Map<InterfaceName, ResourceId> taps = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param afterwards hears of each network whose namespace has been made right or removed; must not block */
    public DhcpReconciler(
            String host,
            Desired desired,
            DhcpService service,
            Reporter reporter,
            Sightings sightings,
            Duration pollingInterval,
            Consumer<ResourceId> afterwards) {
        this.host = host;
        this.desired = desired;
        this.service = service;
        this.reporter = reporter;
        this.sightings = sightings;
        this.pollingInterval = pollingInterval;
        this.afterwards = afterwards;
    }

    public void start() {
        everything();
        for (int i = 0; i < WORKERS; i++) {
            threads.add(Thread.ofPlatform().name("dhcp-" + i).daemon().start(this::work));
        }
        threads.add(Thread.ofPlatform().name("dhcp-poll").daemon().start(this::poll));
    }

    public void changed(Change change) {
        change.networks().forEach(queue::add);
        if (!change.before().confirmed()) {
            everything(); // from now on, what is not wanted may go
        }
    }

    /** A link of the root namespace came, went or changed: one of ours may be gone. */
    public void linkChanged(InterfaceName name) {
        ResourceId network = taps.get(name);
        if (network != null) {
            queue.add(network);
        }
    }

    private void everything() {
        desired.view().networks().forEach(queue::add);
        service.present().forEach(queue::add);
    }

    private void poll() {
        long fullAt = System.nanoTime() + SAFETY_NET.toNanos();
        try {
            while (true) {
                Thread.sleep(pollingInterval);
                for (ResourceId network : service.dead()) {
                    LOG.log(Level.WARNING, "the dnsmasq of network {0} has died; starting it again", network);
                    queue.add(network);
                }
                if (System.nanoTime() >= fullAt) {
                    everything();
                    fullAt = System.nanoTime() + SAFETY_NET.toNanos();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                ResourceId network = queue.take();
                try {
                    reconcile(network);
                } finally {
                    queue.done(network);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile(ResourceId network) {
        HostView view = desired.view();
        try {
            Optional<Inside> served = service.reconcile(network, view);
            failures.remove(network);
            afterwards.accept(network);
            taps.values().remove(network);
            served.ifPresentOrElse(inside -> sightings.inside(network, inside), () -> sightings.nothingInside(network));
            if (served.isPresent()) {
                view.of(network, Unit.Dhcp.class).forEach(dhcp -> taps.put(InterfaceName.tap(dhcp.port()), network));
                tell(network, view, true, "");
            }
        } catch (RuntimeException e) {
            int count = failures.merge(network, 1, Integer::sum);
            queue.addLater(network, BACKOFF.after(count));
            if (count <= TELL_FROM) {
                LOG.log(Level.WARNING, "DHCP of network {0}: {1}; trying again", network, e.getMessage());
            }
            look(network, e);
            if (count >= TELL_FROM) {
                tell(network, view, false, host + ": DHCP of network " + network + ": " + e.getMessage());
            }
        }
    }

    private void look(ResourceId network, RuntimeException failure) {
        String trouble = "DHCP: " + failure.getMessage();
        try {
            sightings.inside(network, service.look(network, trouble));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the namespace of network " + network + " cannot be looked into", e);
            sightings.inside(network, new Inside(DhcpNamespace.name(network), null, false, trouble));
        }
    }

    private void tell(ResourceId network, HostView view, boolean up, String reason) {
        var reports = new ArrayList<PortReport>();
        view.of(network, Unit.Dhcp.class)
                .forEach(dhcp -> reports.add(new PortReport(dhcp.port(), Entity.DHCP, up, reason)));
        view.of(network, Unit.Reservation.class)
                .forEach(reservation -> reports.add(new PortReport(reservation.port(), Entity.DHCP, up, reason)));
        reporter.report(reports);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
