package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Instance.Fault;
import io.isospin.lab.compute.RequestedNetworks.Item;
import io.isospin.lab.compute.VifEvents.Outcome;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.instance.Vif;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes instances and removes them, in the background. What is done to one instance is done one after the other. A build
 * that fails takes back what it did: no port, tap or namespace stays behind.
 */
final class Builds implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Builds.class.getName());

    private final Instances instances;
    private final Scheduler scheduler;
    private final PortAllocation ports;
    private final VifEvents events;
    private final InstanceDriver driver;
    private final Duration patience;
    private final Clock clock;
    private final Map<ResourceId, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("build-", 0).factory());

    /** {@code patience} is Nova's vif_plugging_timeout. */
    Builds(
            Instances instances,
            Scheduler scheduler,
            PortAllocation ports,
            VifEvents events,
            InstanceDriver driver,
            Duration patience,
            Clock clock) {
        this.instances = instances;
        this.scheduler = scheduler;
        this.ports = ports;
        this.events = events;
        this.driver = driver;
        this.patience = patience;
        this.clock = clock;
    }

    /** A build cannot go on; the message becomes the instance's fault. */
    private static final class Aborted extends Exception {
        Aborted(String message) {
            super(message);
        }
    }

    /** This host cannot do it; another may. */
    private static final class HostFailed extends Exception {
        HostFailed(String message) {
            super(message);
        }
    }

    void build(Instance instance, List<Item> items, Placement placement, String userToken) {
        background.execute(() -> locked(instance.id(), () -> {
            try {
                onSomeHost(instance.id(), items, placement, userToken);
            } catch (Aborted e) {
                LOG.log(Level.INFO, "server {0}: {1}", instance.id(), e.getMessage());
                fail(instance.id(), String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    void delete(ResourceId id) {
        instances.update(id, instance -> instance.task("deleting"));
        events.cancel(id);
        background.execute(() -> locked(id, () -> {
            instances.find(id).ifPresent(instance -> {
                undo(instance);
                instances.remove(id);
            });
            locks.remove(id);
        }));
    }

    /** Starts what ran when the lab ended, and takes back what was under way. */
    void resume() {
        for (var instance : instances.all()) {
            background.execute(() -> locked(instance.id(), () -> resume(instance)));
        }
    }

    private void resume(Instance instance) {
        if (instance.deleting()) {
            undo(instance);
            instances.remove(instance.id());
        } else if (instance.state() == Instance.State.BUILDING) {
            undo(instance);
            fail(instance.id(), "Build of instance " + instance.id() + " aborted: the lab ended during it.");
        } else if (instance.state() == Instance.State.ACTIVE) {
            try {
                var vifs = refreshed(instance);
                var now = instances.update(instance.id(), i -> i.plugged(vifs)).orElse(instance);
                driver.plug(now.guest());
                driver.start(now.guest());
            } catch (DriverException | Networking.Failure e) {
                LOG.log(Level.WARNING, "server {0} does not start again: {1}", instance.id(), e.getMessage());
                undo(instance);
                fail(instance.id(), "The server did not start again with the lab: " + e.getMessage());
            }
        }
    }

    /** Looks at the ports of a server again, as Networking has told that something about them changed. */
    void refresh(ResourceId id) {
        background.execute(() -> locked(
                id,
                () -> instances
                        .find(id)
                        .filter(instance -> instance.state() == Instance.State.ACTIVE && !instance.deleting())
                        .ifPresent(instance -> {
                            try {
                                var vifs = refreshed(instance);
                                instances.update(id, i -> i.plugged(vifs));
                            } catch (Networking.Failure e) {
                                LOG.log(Level.WARNING, "server {0} keeps the addresses it had: {1}", id, e.message());
                            }
                        })));
    }

    private List<Vif> refreshed(Instance instance) {
        return instance.vifs().stream()
                .flatMap(vif -> ports.refreshed(vif).stream())
                .toList();
    }

    private void onSomeHost(ResourceId id, List<Item> items, Placement placement, String userToken)
            throws Aborted, InterruptedException {
        Set<String> tried = new HashSet<>();
        while (true) {
            var placed = instances
                    .place(
                            id,
                            others -> scheduler.choose(placement, tried, others).orElse(""))
                    .orElseThrow(() -> new Aborted("Instance " + id + " could not be found."));
            if (placed.host().isEmpty()) {
                throw new Aborted(
                        tried.isEmpty()
                                ? "No valid host was found. There are not enough hosts available."
                                : "Exceeded maximum number of retries. Exhausted all hosts available for retrying"
                                        + " build failures for instance " + id + ".");
            }
            try {
                onHost(placed, items, userToken);
                return;
            } catch (HostFailed e) {
                LOG.log(Level.WARNING, "server {0} does not start on {1}: {2}", id, placed.host(), e.getMessage());
                tried.add(placed.host());
            }
        }
    }

    private void onHost(Instance placed, List<Item> items, String userToken)
            throws Aborted, HostFailed, InterruptedException {
        boolean done = false;
        try {
            allocate(placed, items, userToken);
            var instance = current(placed.id());
            var taps = instance.vifs().stream().map(Vif::port).toList();
            try (var wait = events.expect(instance.id(), taps)) {
                instances.update(instance.id(), i -> i.deleting() ? i : i.task("spawning"));
                driver.plug(instance.guest());
                if (wait.await(patience) != Outcome.PLUGGED) {
                    throw new Aborted("Build of instance " + instance.id()
                            + " aborted: Failed to allocate the network(s), not rescheduling.");
                }
            }
            current(placed.id());
            driver.start(instance.guest());
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            done = instances
                    .update(instance.id(), i -> i.deleting() ? i : i.active(now))
                    .isPresent();
        } catch (DriverException e) {
            throw new HostFailed(String.valueOf(e.getMessage()));
        } finally {
            if (!done) {
                instances.find(placed.id()).ifPresent(this::undo);
            }
        }
    }

    private void allocate(Instance placed, List<Item> items, String userToken) throws Aborted, HostFailed {
        try {
            for (var item : items) {
                var vif = ports.allocate(
                        placed,
                        item,
                        userToken,
                        made -> instances.update(placed.id(), i -> i.plugged(PortAllocation.with(i.vifs(), made))));
                LOG.log(Level.DEBUG, "server {0} has port {1}", placed.id(), vif.port());
            }
        } catch (PortAllocation.BindingFailed e) {
            throw new HostFailed(String.valueOf(e.getMessage()));
        } catch (Networking.Failure e) {
            throw new Aborted("Build of instance " + placed.id() + " aborted: " + e.message());
        }
    }

    /** The instance as it is now; a build stops where it is being deleted. */
    private Instance current(ResourceId id) throws Aborted {
        return instances
                .find(id)
                .filter(instance -> !instance.deleting())
                .orElseThrow(() -> new Aborted("Instance " + id + " is being deleted."));
    }

    /** Takes back what was done for an instance; a step that fails is told and does not keep the others. */
    private void undo(Instance instance) {
        if (!instance.host().isEmpty()) {
            try {
                driver.destroy(instance.guest());
            } catch (DriverException e) {
                LOG.log(Level.ERROR, "server " + instance.id() + " leaves something on " + instance.host(), e);
            }
        }
        for (var vif : instance.vifs()) {
            try {
                ports.release(vif);
            } catch (Networking.Failure e) {
                LOG.log(
                        Level.ERROR,
                        "server " + instance.id() + " leaves port " + vif.port() + " behind; delete it by hand once"
                                + " Networking answers",
                        e);
            }
        }
        instances.update(instance.id(), i -> i.plugged(List.of()));
    }

    private void fail(ResourceId id, String message) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        instances.update(id, i -> i.deleting() ? i : i.failed(new Fault(500, message, "", now)));
    }

    private void locked(ResourceId id, Runnable work) {
        var lock = locks.computeIfAbsent(id, key -> new ReentrantLock());
        lock.lock();
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "server " + id + ": unexpected failure", e);
            fail(id, "Build of instance " + id + " aborted: " + e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
