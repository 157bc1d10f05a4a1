package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.Instance.State;
import io.isospin.lab.compute.Migration.Status;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.http.Refusal;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Moves instances between hosts, as Nova does it with Networking: the ports are bound to the destination as well, where
 * they wait; the taps are plugged there; the waiting binding is let go over; and when Networking says that the ports are
 * wired, what was at the source is removed. A move that fails leaves the instance where it was.
 */
final class Moves {
    private static final System.Logger LOG = System.getLogger(Moves.class.getName());
    private static final Set<State> LIVE = EnumSet.of(State.ACTIVE, State.PAUSED);
    private static final Set<State> COLD = EnumSet.of(State.ACTIVE, State.STOPPED);

    private final Instances instances;
    private final Work work;
    private final Hosts hosts;
    private final Scheduler scheduler;
    private final PortAllocation ports;
    private final InstanceDriver driver;
    private final Plugging plugging;
    private final Migrations migrations;
    private final ActionLog actions;

    Moves(
            Instances instances,
            Work work,
            Hosts hosts,
            Scheduler scheduler,
            PortAllocation ports,
            InstanceDriver driver,
            Plugging plugging,
            Migrations migrations,
            ActionLog actions) {
        this.instances = instances;
        this.work = work;
        this.hosts = hosts;
        this.scheduler = scheduler;
        this.ports = ports;
        this.driver = driver;
        this.plugging = plugging;
        this.migrations = migrations;
        this.actions = actions;
    }

    /** A move did not come about; the instance is where it was. */
    private static final class Failed extends Exception {
        Failed(String why) {
            super(why);
        }
    }

    /** Begins a move that the guest is not to notice. */
    void live(Instance server, Optional<String> host, Asked asked) {
        if (!driver.movesLive(server.guest())) {
            throw Refusal.badRequest("Migration pre-check error: instance " + server.id()
                    + " is a machine that the lab cannot move while it runs; stop it, and migrate it then.");
        }
        begin(server, true, host, asked);
    }

    /** Begins a move for which the guest is switched off. */
    void cold(Instance server, Optional<String> host, Asked asked) {
        begin(server, false, host, asked);
    }

    private void begin(Instance server, boolean live, Optional<String> host, Asked asked) {
        var id = server.id();
        host.ifPresent(name -> requireOther(server, name, live));
        String action = live ? "live-migration" : "migrate";
        var before = instances
                .update(id, instance -> {
                    Power.requireIdle(instance, live ? "os-migrateLive" : "migrate", live ? LIVE : COLD);
                    return instance.task(live ? Tasks.MIGRATING : Tasks.RESIZING);
                })
                .orElseThrow(() -> Refusal.notFound("Instance " + id + " could not be found."));
        var migration = migrations.begin(before, live, asked.caller());
        actions.begin(id, asked, action, live ? "compute_live_migration" : "compute_prep_resize");
        work.later(
                id,
                () -> {
                    Optional<String> error = Optional.empty();
                    try {
                        move(before, migration, host);
                    } catch (Failed e) {
                        error = Optional.ofNullable(e.getMessage());
                        LOG.log(Level.WARNING, "server {0} stays on {1}: {2}", id, before.host(), e.getMessage());
                        migrations.status(migration, Status.ERROR);
                        instances.update(id, i -> i.deleting() ? i : i.idle());
                    }
                    actions.end(id, asked.request(), error, before.host());
                },
                e -> {
                    migrations.status(migration, Status.ERROR);
                    instances.update(id, Instance::idle);
                });
    }

    private void requireOther(Instance server, String host, boolean live) {
        if (!hosts.contains(host)) {
            throw Refusal.badRequest("Compute host " + host + " could not be found.");
        }
        if (server.host().equals(host)) {
            throw Refusal.badRequest(
                    live
                            ? "Unable to migrate instance (" + server.id() + ") to current host (" + host + ")."
                            : "The target host can't be the same one.");
        }
    }

    private void move(Instance before, Migration migration, Optional<String> host) throws Failed {
        // It stays in its zone unless an administrator names a host.
        var wanted = host.map(Placement::on).orElse(new Placement(Optional.empty(), false, Optional.of(before.zone())));
        String destination = scheduler
                .choose(before.flavor(), wanted, Set.of(before.host()), instances.all())
                .orElseThrow(() -> new Failed("No valid host was found. There are not enough hosts available."));
        migrations.destination(migration, destination);
        migrations.status(migration, Status.RUNNING);
        over(before.id(), destination, before.state());
        migrations.status(migration, migration.live() ? Status.COMPLETED : Status.FINISHED);
        instances.update(before.id(), i -> i.deleting() ? i : i.in(migration.live() ? before.state() : State.RESIZED));
    }

    /** Lets a cold move stay. */
    void confirm(Instance server, Asked asked) {
        var migration = toConfirm(server, "confirmResize");
        actions.begin(server.id(), asked, "confirmResize", "compute_confirm_resize");
        migrations.status(migration, Status.CONFIRMED);
        instances.update(server.id(), i -> i.in(migration.before()));
        actions.end(server.id(), asked.request(), Optional.empty(), server.host());
    }

    /** Begins to bring back what a cold move has moved. */
    void revert(Instance server, Asked asked) {
        var migration = toConfirm(server, "revertResize");
        var id = server.id();
        instances.update(id, i -> i.task(Tasks.REVERTING));
        actions.begin(id, asked, "revertResize", "compute_revert_resize");
        work.later(
                id,
                () -> {
                    Optional<String> error = Optional.empty();
                    try {
                        over(id, migration.source(), migration.before());
                        migrations.status(migration, Status.REVERTED);
                        instances.update(id, i -> i.deleting() ? i : i.in(migration.before()));
                    } catch (Failed e) {
                        error = Optional.ofNullable(e.getMessage());
                        instances.update(id, i -> i.deleting() ? i : i.idle());
                    }
                    actions.end(id, asked.request(), error, migration.source());
                },
                e -> instances.update(id, Instance::idle));
    }

    private Migration toConfirm(Instance server, String action) {
        Power.requireIdle(server, action, EnumSet.of(State.RESIZED));
        return migrations
                .toConfirm(server.id())
                .orElseThrow(() -> Refusal.badRequest("Instance has not been resized."));
    }

    /** Brings an instance over to another host, where it is then in {@code state}. */
    private void over(ResourceId id, String destination, State state) throws Failed {
        var instance = instances
                .find(id)
                .filter(i -> !i.deleting())
                .orElseThrow(() -> new Failed("Instance " + id + " is being deleted."));
        var source = instance.guest();
        var there = instance.movedTo(destination, hosts.zone(destination)).guest();
        boolean ran = driver.runs(source);
        try {
            ports.bindAlso(instance.vifs(), destination);
        } catch (Networking.Failure e) {
            throw new Failed(e.message());
        }
        try {
            // It must not be heard from two hosts at once.
            if (ran) {
                driver.pause(source);
            }
            arrive(instance, there, state);
        } catch (DriverException | Networking.Failure e) {
            goBack(instance, source, there, ran && state != State.PAUSED);
            throw new Failed(String.valueOf(e.getMessage()));
        }
        instances.update(id, i -> i.movedTo(destination, hosts.zone(destination)));
        try {
            driver.destroy(source);
        } catch (DriverException e) {
            LOG.log(Level.ERROR, "server " + id + " leaves something on " + source.host(), e);
        }
        ports.withdraw(instance.vifs(), source.host());
    }

    private void arrive(Instance instance, Guest there, State state) {
        plugging.plug(instance.id(), there.host(), instance.vifs(), () -> {
            driver.plug(there);
            ports.activate(instance.vifs(), there.host());
        });
        if (state.running()) {
            driver.start(there);
        }
        if (state == State.PAUSED) {
            driver.pause(there);
        }
    }

    private void goBack(Instance instance, Guest source, Guest there, boolean resumes) {
        try {
            driver.destroy(there);
        } catch (DriverException e) {
            LOG.log(Level.ERROR, "server " + instance.id() + " leaves something on " + there.host(), e);
        }
        try {
            ports.withdrawOthers(instance.vifs(), source.host());
            if (resumes) {
                driver.unpause(source);
            }
        } catch (Networking.Failure | DriverException e) {
            LOG.log(Level.ERROR, "server " + instance.id() + " does not go on as it was on " + source.host(), e);
        }
    }
}
