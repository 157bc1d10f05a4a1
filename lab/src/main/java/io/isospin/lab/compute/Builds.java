package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Instance.Fault;
import io.isospin.lab.compute.RequestedNetworks.Item;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.InstanceDriver;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes instances and removes them. A build that fails takes back what it did: no port, tap or namespace stays behind. */
final class Builds {
    private static final System.Logger LOG = System.getLogger(Builds.class.getName());

    private final Instances instances;
    private final Work work;
    private final Scheduler scheduler;
    private final PortAllocation ports;
    private final VifEvents events;
    private final InstanceDriver driver;
    private final Plugging plugging;
    private final Passwords passwords;
    private final ActionLog actions;

    Builds(
            Instances instances,
            Work work,
            Scheduler scheduler,
            PortAllocation ports,
            VifEvents events,
            InstanceDriver driver,
            Plugging plugging,
            Passwords passwords,
            ActionLog actions) {
        this.instances = instances;
        this.work = work;
        this.scheduler = scheduler;
        this.ports = ports;
        this.events = events;
        this.driver = driver;
        this.plugging = plugging;
        this.passwords = passwords;
        this.actions = actions;
    }

    /** A build cannot go on; the message becomes the instance's fault. */
    private static final class Aborted extends Exception {
        final String details;

        Aborted(String message, String details) {
            super(message);
            this.details = details;
        }

        Aborted(String message) {
            this(message, "");
        }
    }

    /** This host cannot do it; another may. */
    private static final class HostFailed extends Exception {
        HostFailed(String message) {
            super(message);
        }
    }

    /** Builds in the background what {@code request} asked for. */
    void build(Instance instance, List<Item> items, Placement placement, String userToken, String request) {
        var id = instance.id();
        work.later(
                id,
                () -> {
                    Optional<String> error = Optional.empty();
                    try {
                        onSomeHost(instance, items, placement, userToken);
                    } catch (Aborted e) {
                        LOG.log(Level.INFO, "server {0}: {1} {2}", id, e.getMessage(), e.details);
                        fail(id, String.valueOf(e.getMessage()), e.details);
                        error = Optional.ofNullable(e.getMessage());
                    }
                    var host = instances.find(id).map(Instance::host).orElse("");
                    if (instances.find(id).isPresent()) {
                        actions.end(id, request, error, host);
                    }
                },
                e -> fail(id, "Build of instance " + id + " aborted: " + e, ""));
    }

    /** Removes it in the background. */
    void delete(ResourceId id) {
        instances.update(id, instance -> instance.task(Tasks.DELETING));
        events.cancel(id);
        work.later(id, () -> instances.find(id).ifPresent(this::remove), e -> {});
    }

    /** Removes it at once. */
    void remove(Instance instance) {
        undo(instance);
        instances.remove(instance.id());
        actions.forget(instance.id());
        passwords.forget(instance.id());
        work.forget(instance.id());
    }

    /** Looks at the ports of a server again, as Networking has told that something about them changed. */
    void refresh(ResourceId id) {
        work.later(
                id,
                () -> instances
                        .find(id)
                        .filter(i -> !i.host().isEmpty() && !i.deleting())
                        .ifPresent(this::refresh),
                e -> {});
    }

    private void refresh(Instance instance) {
        try {
            var vifs = ports.refreshed(instance.vifs());
            instances.update(instance.id(), i -> i.plugged(vifs));
            for (var vif : instance.vifs()) {
                if (vifs.stream().noneMatch(left -> left.port().equals(vif.port()))) {
                    driver.detach(instance.guest(), vif);
                }
            }
        } catch (Networking.Failure e) {
            LOG.log(Level.WARNING, "server {0} keeps the addresses it had: {1}", instance.id(), e.message());
        } catch (DriverException e) {
            LOG.log(Level.ERROR, "server " + instance.id() + " keeps an interface whose port has gone", e);
        }
    }

    private void onSomeHost(Instance instance, List<Item> items, Placement placement, String userToken) throws Aborted {
        var id = instance.id();
        Set<String> tried = new HashSet<>();
        String why = "";
        while (true) {
            var placed = instances
                    .place(
                            id,
                            others -> scheduler
                                    .choose(instance.flavor(), placement, tried, others)
                                    .orElse(""),
                            scheduler::zone)
                    .orElseThrow(() -> new Aborted("Instance " + id + " could not be found."));
            if (placed.host().isEmpty()) {
                throw new Aborted(
                        tried.isEmpty()
                                ? scheduler.noValidHost(placement)
                                : "Exceeded maximum number of retries. Exhausted all hosts available for retrying"
                                        + " build failures for instance " + id + ".",
                        why);
            }
            try {
                onHost(placed, items, userToken);
                return;
            } catch (HostFailed e) {
                LOG.log(Level.WARNING, "server {0} does not start on {1}: {2}", id, placed.host(), e.getMessage());
                tried.add(placed.host());
                why = String.valueOf(e.getMessage());
            }
        }
    }

    private void onHost(Instance placed, List<Item> items, String userToken) throws Aborted, HostFailed {
        boolean done = false;
        try {
            allocate(placed, items, userToken);
            var instance = current(placed.id());
            plug(instance);
            current(placed.id());
            driver.start(instance.guest());
            var now = instances.now();
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

    private void plug(Instance instance) throws Aborted {
        try {
            plugging.plug(instance.id(), instance.host(), instance.vifs(), () -> {
                instances.update(instance.id(), i -> i.deleting() ? i : i.task(Tasks.SPAWNING));
                driver.plug(instance.guest());
            });
        } catch (Plugging.NotWired e) {
            throw new Aborted(
                    "Build of instance " + instance.id()
                            + " aborted: Failed to allocate the network(s), not rescheduling.",
                    String.valueOf(e.getMessage()));
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
                item.tag().ifPresent(tag -> instances.label(placed.id(), label -> label.tagged(vif.port(), tag)));
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
    void undo(Instance instance) {
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

    void fail(ResourceId id, String message, String details) {
        instances.update(id, i -> i.deleting() ? i : i.failed(new Fault(500, message, details, instances.now())));
    }
}
