package io.isospin.lab.compute;

import io.isospin.lab.compute.Instance.State;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.InstanceDriver;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Sees instances whose process has ended by itself, and shows them as switched off, as Nova does. */
final class Watch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watch.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Instances instances;
    private final Work work;
    private final InstanceDriver driver;
    private final Thread thread =
            Thread.ofPlatform().name("instance-watch").daemon().unstarted(this::watch);

    Watch(Instances instances, Work work, InstanceDriver driver) {
        this.instances = instances;
        this.work = work;
        this.driver = driver;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the lab ends
        }
    }

    private void look() {
        try {
            instances.all().stream()
                    .filter(this::dead)
                    .forEach(instance -> work.later(instance.id(), () -> bury(instance), e -> {}));
        } catch (RuntimeException e) {
            // One that got out would end the watch.
            LOG.log(Level.ERROR, "instances are not looked after", e);
        }
    }

    private boolean dead(Instance instance) {
        boolean should = instance.state().running();
        return should && instance.task().isEmpty() && !driver.runs(instance.guest());
    }

    private void bury(Instance seen) {
        var dead = instances.find(seen.id()).filter(this::dead);
        if (dead.isEmpty()) {
            return;
        }
        LOG.log(
                Level.WARNING,
                "server {0} on {1} has ended by itself; \"openstack server start\" starts it again",
                seen.id(),
                seen.host());
        try {
            driver.stop(dead.get().guest());
        } catch (DriverException e) {
            LOG.log(Level.WARNING, "server {0}: {1}", seen.id(), e.getMessage());
        }
        instances.update(seen.id(), i -> i.deleting() ? i : i.in(State.STOPPED));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
