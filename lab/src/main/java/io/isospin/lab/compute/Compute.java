package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.keypair.KeyPair;
import io.isospin.lab.identity.Tokens;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Compute, put together. */
public final class Compute implements AutoCloseable {
    /**
     * @param hosts the compute hosts, with their management addresses
     * @param plugging how a host waits for Networking to wire interfaces
     */
    public record Settings(Map<String, String> hosts, Function<String, VifPlugging> plugging) {}

    private final Work work = new Work();
    private final Resumption resumption;
    private final Watch watch;
    private final ComputeService service;
    private final Instances instances;
    private final Passwords passwords;

    public Compute(
            Settings settings,
            Tokens tokens,
            Networking networking,
            Supplier<String> serviceToken,
            InstanceDriver driver,
            BootImages images,
            Shelf shelf,
            Clock clock) {
        var hosts = new Hosts(settings.hosts(), shelf);
        var flavors = new Flavors(shelf);
        var keys = new Kept<>(shelf, "keypairs", KeyPair::id, KeyPair::json, KeyPair::read);
        var quotas = new Quotas(shelf);
        var actions = new ActionLog(shelf, clock);
        var migrations = new Migrations(shelf, clock);
        this.instances = new Instances(clock, shelf);
        this.passwords = new Passwords(shelf);

        var events = new VifEvents();
        var scheduler = new Scheduler(hosts);
        var ports = new PortAllocation(networking, serviceToken);
        var plugging = new Plugging(events, settings.plugging());
        var builds = new Builds(instances, work, scheduler, ports, events, driver, plugging, passwords, actions);
        this.resumption = new Resumption(instances, work, ports, driver, builds);
        var power = new Power(instances, work, driver, actions);
        var interfaces = new Interfaces(instances, work, ports, driver, plugging, actions);
        var moves = new Moves(instances, work, hosts, scheduler, ports, driver, plugging, migrations, actions);
        this.watch = new Watch(instances, work, driver);

        var check = new NetworkCheck(networking);
        var boot = new Boot(instances, check, builds, images, flavors, keys, quotas, hosts, actions);
        this.service = new ComputeService(
                tokens,
                List.of(
                        new ServersApi(instances, boot, builds)::mount,
                        new ServerActionsApi(instances, builds, power, moves, driver, actions)::mount,
                        new InterfacesApi(instances, networking, check, interfaces)::mount,
                        new LabelsApi(instances, quotas)::mount,
                        new PasswordApi(instances, passwords)::mount,
                        new HistoryApi(instances, actions, migrations)::mount,
                        new FlavorsApi(flavors)::mount,
                        new KeypairsApi(keys, quotas, clock)::mount,
                        new QuotaApi(instances, quotas, keys)::mount,
                        new InventoryApi(instances, hosts, new HypervisorView(hosts, driver, clock))::mount,
                        new AggregatesApi(instances, hosts, clock)::mount,
                        new EventsApi(instances, events, builds)::mount));
    }

    public ComputeService service() {
        return service;
    }

    /** Starts what ran when the last lab ended, and looks after all from now on; to be called when Networking answers. */
    public void resume() {
        resumption.resume();
        watch.start();
    }

    public Passwords passwords() {
        return passwords;
    }

    public List<Instance> instances() {
        return instances.all();
    }

    public Optional<Instance> instance(ResourceId id) {
        return instances.find(id);
    }

    @Override
    public void close() {
        watch.close();
        work.close();
    }
}
