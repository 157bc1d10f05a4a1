package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.identity.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Compute, put together. */
public final class Compute implements AutoCloseable {
    /**
     * @param hosts the compute hosts, with their management addresses
     * @param vifPluggingTimeout how long a build waits for Networking to wire its ports
     */
    public record Settings(Map<String, String> hosts, Duration vifPluggingTimeout) {}

    private final Builds builds;
    private final ComputeService service;
    private final Instances instances;

    public Compute(
            Settings settings,
            Tokens tokens,
            Networking networking,
            Supplier<String> serviceToken,
            InstanceDriver driver,
            Predicate<String> imageExists,
            Shelf shelf,
            Clock clock) {
        var hosts = settings.hosts().keySet().stream().sorted().toList();
        var events = new VifEvents();
        this.instances = new Instances(clock, shelf);
        this.builds = new Builds(
                instances,
                new Scheduler(hosts),
                new PortAllocation(networking, serviceToken),
                events,
                driver,
                settings.vifPluggingTimeout(),
                clock);
        var boot = new Boot(instances, new NetworkCheck(networking), builds, imageExists, clock);
        this.service = new ComputeService(
                tokens,
                new ServersApi(instances, boot, builds, networking, driver),
                new InventoryApi(
                        instances, new HypervisorView(hosts, settings.hosts(), driver.type(), clock), events, builds),
                new QuotaApi(instances));
    }

    public ComputeService service() {
        return service;
    }

    /** Starts what ran when the last lab ended; to be called when Networking answers. */
    public void resume() {
        builds.resume();
    }

    public List<Instance> instances() {
        return instances.all();
    }

    public Optional<Instance> instance(ResourceId id) {
        return instances.find(id);
    }

    @Override
    public void close() {
        builds.close();
    }
}
