package io.isospin.lab.launch;

import io.isospin.core.net.IpAddress;
import io.isospin.lab.compute.Compute;
import io.isospin.lab.compute.NetworkingClient;
import io.isospin.lab.compute.VifPlugging;
import io.isospin.lab.compute.instance.Drivers;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.instance.NamespaceDriver;
import io.isospin.lab.compute.instance.qemu.QemuDriver;
import io.isospin.lab.compute.metadata.ConfigDrive;
import io.isospin.lab.compute.metadata.MetadataService;
import io.isospin.lab.host.Fabric;
import io.isospin.lab.host.FileTree;
import io.isospin.lab.host.Holder;
import io.isospin.lab.host.HostPlan;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import io.isospin.lab.host.LabRecord;
import io.isospin.lab.host.ProcessId;
import io.isospin.lab.host.Remains;
import io.isospin.lab.http.Listeners;
import io.isospin.lab.identity.Catalogue;
import io.isospin.lab.identity.Directory;
import io.isospin.lab.identity.IdentityService;
import io.isospin.lab.identity.Tokens;
import io.isospin.lab.image.ImageService;
import io.isospin.lab.image.Images;
import io.isospin.lab.placement.PlacementService;
import io.isospin.lab.relay.Relay;
import io.isospin.lab.shelf.FileShelf;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A running lab. What is opened first is closed last; what is made in the kernel goes with {@link Remains}. */
public final class Lab implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Lab.class.getName());
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final String LOOPBACK = "127.0.0.1";

    private final Kernel kernel;
    private final LabPlan plan;
    private final Path home;
    private final Progress progress;
    private final Remains remains;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Daemon> daemons = new ArrayList<>();
    private boolean started;

    /** {@code home} is the checkout, whose programs are started. */
    public Lab(Kernel kernel, LabPlan plan, Path home, Progress progress) {
        this.kernel = kernel;
        this.plan = plan;
        this.home = home;
        this.progress = progress;
        this.remains = new Remains(kernel, plan);
    }

    /** Brings all of it up; what was made stays for {@link #close} where this fails. */
    public void start() throws InterruptedException {
        clearFormer();
        Ports.STANDARD.requireFree();
        makeDirectories();
        Console.alsoTo(plan.logs().resolve("lab.log"));
        started = true;
        new LabRecord(self(), plan.namespaces(), !Remains.netnsIsMount()).write(plan);
        var secrets = Secrets.load(plan.state().resolve("secrets.json"));
        new HostFiles(plan, secrets, Ports.STANDARD).write();
        ClientFiles.write(plan, secrets, Ports.STANDARD);
        var holders = hosts();
        progress.done("hosts " + plan.hosts().stream().map(HostPlan::name).collect(Collectors.joining(", ")));

        // The programs take the longest to start, so they begin before what they will talk to.
        launch(holders);
        var directory = Directory.lab(secrets.values());
        var tokens = new Tokens(directory, Clock.systemUTC(), TOKEN_LIFETIME);
        var serviceToken = new ServiceToken(tokens, secrets.of("nova"));
        var networking = keep(new NetworkingClient("http://" + LOOPBACK + ":" + Ports.STANDARD.network()));
        var shelf = new FileShelf(plan.state());
        var images = new Images(shelf, plan.state().resolve("image-data"), Clock.systemUTC());
        var running = new AtomicReference<Compute>();
        var compute = keep(new Compute(
                new Compute.Settings(
                        plan.computes().stream()
                                .collect(Collectors.toMap(
                                        HostPlan::name,
                                        host -> host.management().toString())),
                        host -> VifPlugging.read(plan.hostState(host).resolve("etc/nova/nova.conf"))),
                tokens,
                networking,
                serviceToken,
                drivers(holders, images, running),
                images,
                shelf,
                Clock.systemUTC()));
        running.set(compute);
        services(directory, tokens, compute, images, secrets);
        relays();
        progress.done("identity, compute, image and placement services");

        var readiness = new Readiness(daemons);
        readiness.server(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.STANDARD.network()));
        progress.done("networking server");
        readiness.agents(
                networking,
                serviceToken,
                plan.hosts().stream().mapToLong(host -> host.agents().size()).sum());
        progress.done("agents");
        compute.resume();
    }

    /** Removes what earlier labs have kept. To be called before {@link #start}. */
    public void forget() {
        clearFormer();
        FileTree.removeAllIn(plan.state(), Set.of("lock", "guest-image"));
        progress.done("forgot the networks of earlier labs");
    }

    private void clearFormer() {
        var former = LabRecord.read(plan);
        remains.refuseForeign(former);
        former.ifPresent(record -> {
            remains.clear(record);
            progress.done("cleared what a former lab had left");
        });
    }

    private void makeDirectories() {
        try {
            Files.createDirectories(plan.logs());
            Files.createDirectories(plan.run());
        } catch (IOException e) {
            throw new LabException("The lab's directories cannot be made: " + e, e);
        }
    }

    private static ProcessId self() {
        return ProcessId.of(ProcessHandle.current().pid())
                .orElseThrow(() -> new LabException("This process does not see itself in /proc; mount it."));
    }

    private Map<String, Holder> hosts() {
        Fabric.build(kernel, plan);
        return plan.hosts().parallelStream()
                .map(host -> Holder.start(kernel, plan, host))
                .collect(Collectors.toMap(Holder::host, holder -> holder, (a, b) -> a, LinkedHashMap::new));
    }

    private void launch(Map<String, Holder> holders) {
        String version = version();
        for (var host : plan.hosts()) {
            var holder = Objects.requireNonNull(holders.get(host.name()));
            if (host.equals(plan.controller())) {
                daemon(holder, Program.server(), version);
            }
            daemon(holder, Program.agent(host.agents().contains("dhcp")), version);
        }
    }

    private void daemon(Holder holder, Program program, String version) {
        String name = holder.host() + "-" + program.name();
        var daemon = new Daemon(
                kernel,
                holder,
                program.name(),
                program.words(home, version),
                plan.logs().resolve(name + ".log"),
                plan.run().resolve(name + ".pid"));
        daemon.start();
        daemons.add(keep(daemon));
    }

    private void services(Directory directory, Tokens tokens, Compute compute, Images images, Secrets secrets) {
        var ports = Ports.STANDARD;
        var catalogue =
                Catalogue.of(ports.identity(), ports.network(), ports.compute(), ports.image(), ports.placement());
        keep(Listeners.open(List.of(
                new Listeners.Door(
                        "identity", LOOPBACK, ports.identity(), new IdentityService(directory, tokens, catalogue)),
                new Listeners.Door("compute", LOOPBACK, ports.compute(), compute.service()),
                new Listeners.Door(
                        "metadata",
                        LOOPBACK,
                        ports.metadata(),
                        new MetadataService(compute::instance, compute.passwords(), secrets.of("metadata"))),
                new Listeners.Door("image", LOOPBACK, ports.image(), new ImageService(tokens, images)),
                new Listeners.Door(
                        "placement",
                        LOOPBACK,
                        ports.placement(),
                        new PlacementService(
                                tokens,
                                plan.computes().stream().map(HostPlan::name).toList(),
                                compute::instances)))));
    }

    /** {@code running} is compute, which the drivers are part of, once there is one. */
    private InstanceDriver drivers(Map<String, Holder> holders, Images images, AtomicReference<Compute> running) {
        Path instances = plan.state().resolve("instances");
        var namespace = keep(new NamespaceDriver(kernel, holders, instances));
        var qemu = new QemuDriver(
                kernel,
                holders,
                new QemuDriver.Places(
                        instances, plan.run().resolve("guests"), plan.state().resolve("guest-image")),
                images::disk,
                guest -> Optional.ofNullable(running.get())
                        .flatMap(compute -> compute.instance(guest.id()))
                        .map(ConfigDrive::files)
                        .orElse(Map.of()));
        return new Drivers(namespace, Map.of("namespace", namespace, "qemu", qemu));
    }

    /** Outside to the server in the controller; and from the controller's address to the lab's services outside. */
    private void relays() {
        var controller = kernel.namespace(plan.controller().name());
        IpAddress address = plan.controller().management();
        keep(Relay.open(
                kernel.root(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.STANDARD.network()),
                controller,
                new InetSocketAddress(address.toInetAddress(), Ports.STANDARD.network())));
        for (int port : Ports.STANDARD.own().values()) {
            keep(Relay.open(
                    controller,
                    new InetSocketAddress(address.toInetAddress(), port),
                    kernel.root(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
    }

    private static String version() {
        String version = Lab.class.getPackage().getImplementationVersion();
        if (version == null) {
            throw new LabException("The lab is not started from its jar; use ./isospin lab.");
        }
        return version;
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    /** Takes everything away; goes on past failures, and tells of those that leave something behind. */
    @Override
    public void close() {
        if (!started) {
            kernel.close();
            return;
        }
        progress.say("Stopping the lab...");
        daemons.forEach(Daemon::askToEnd);
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "a part of the lab does not close: {0}", e.toString());
            }
        }
        try {
            LabRecord.read(plan).ifPresent(remains::clear);
        } finally {
            kernel.close();
        }
        progress.say("The lab is gone. Its networks are kept in " + plan.state() + " for the next start.");
    }
}
