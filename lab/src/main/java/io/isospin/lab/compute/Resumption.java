package io.isospin.lab.compute;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.InstanceDriver;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;

/** What becomes of instances when the lab starts again, which is to them a reboot of their host. */
final class Resumption {
    private static final System.Logger LOG = System.getLogger(Resumption.class.getName());

    /**
     * What runs again with its host, as under Nova with {@code resume_guests_state_on_host_boot}. One that was frozen
     * has lost its memory and is shut off: of a paused one, nova/compute/manager.py's _sync_instance_power_state says
     * "Paused instance shutdown by itself. Calling the stop API."
     */
    private static final Set<Instance.State> RESUMED = EnumSet.of(Instance.State.ACTIVE, Instance.State.RESIZED);

    private final Instances instances;
    private final Work work;
    private final PortAllocation ports;
    private final InstanceDriver driver;
    private final Builds builds;

    Resumption(Instances instances, Work work, PortAllocation ports, InstanceDriver driver, Builds builds) {
        this.instances = instances;
        this.work = work;
        this.ports = ports;
        this.driver = driver;
        this.builds = builds;
    }

    /** Brings back what there was when the lab ended, and takes back what was under way. */
    void resume() {
        for (var instance : instances.all()) {
            // Whoever looks meanwhile sees that it is on its way.
            var before = instance;
            if (instance.state() == Instance.State.ERROR && !instance.deleting()) {
                continue;
            }
            if (!instance.deleting()) {
                instances.update(instance.id(), i -> i.task(Tasks.POWERING_ON));
            }
            work.later(
                    instance.id(),
                    () -> resume(before),
                    e -> builds.fail(before.id(), "The server did not start again with the lab: " + e, ""));
        }
    }

    private void resume(Instance before) {
        var id = before.id();
        if (before.deleting()) {
            builds.remove(before);
        } else if (before.state() == Instance.State.BUILDING) {
            builds.undo(before);
            builds.fail(id, "Build of instance " + id + " aborted: the lab ended during it.", "");
        } else {
            try {
                var vifs = ports.refreshed(before.vifs());
                ports.withdrawOthers(vifs, before.host());
                var now = instances.update(id, i -> i.plugged(vifs)).orElse(before);
                driver.plug(now.guest());
                if (!RESUMED.contains(before.state())) {
                    instances.update(id, i -> i.deleting() ? i : i.in(Instance.State.STOPPED));
                    return;
                }
                driver.start(now.guest());
                instances.update(id, i -> i.deleting() ? i : i.in(before.state()));
            } catch (DriverException | Networking.Failure e) {
                LOG.log(Level.WARNING, "server {0} does not start again: {1}", id, e.getMessage());
                instances.find(id).ifPresent(builds::undo);
                builds.fail(id, "The server did not start again with the lab: " + e.getMessage(), "");
            }
        }
    }
}
