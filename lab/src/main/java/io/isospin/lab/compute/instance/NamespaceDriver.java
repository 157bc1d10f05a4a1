package io.isospin.lab.compute.instance;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.host.FileTree;
import io.isospin.lab.host.Holder;
import io.isospin.lab.host.Scripts;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.process.LinuxProcesses;
import io.isospin.linux.process.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Instances as network namespaces on their host: each interface a veth pair, whose outer end is the tap, and inside a
 * first process that asks for addresses by DHCP. It starts in no time and takes no memory to speak of.
 */
public final class NamespaceDriver implements InstanceDriver, AutoCloseable {
    private static final List<String> SCRIPTS = List.of("guest.sh", "dhcp.sh", "metadata.sh", "confined.sh");

    private final HostCommands commands;
    private final Map<String, Holder> hosts;
    private final Path directory;
    private final Path scripts;
    private final ProcessTable processes = new LinuxProcesses();
    private final Map<String, NamespaceWiring> wiring = new ConcurrentHashMap<>();
    private final Map<Key, GuestProcesses> running = new ConcurrentHashMap<>();
    private final Set<Key> plugged = ConcurrentHashMap.newKeySet();

    /** A guest on a host; while it moves to another, it is on both. */
    private record Key(ResourceId guest, String host) {
        static Key of(Guest guest) {
            return new Key(guest.id(), guest.host());
        }
    }

    /** {@code directory} gets one directory for each instance, with its console. */
    public NamespaceDriver(Kernel kernel, Map<String, Holder> hosts, Path directory) {
        this.commands = new HostCommands(kernel, hosts, directory);
        this.hosts = Map.copyOf(hosts);
        this.directory = directory;
        this.scripts = directory.resolve("scripts");
        for (var name : SCRIPTS) {
            Scripts.copy("compute/instance/" + name, scripts);
        }
    }

    @Override
    public String type() {
        return "namespace";
    }

    @Override
    public void plug(Guest guest) {
        var wires = wiring(guest);
        try {
            Files.createDirectories(home(guest));
            // Mounted over /etc/resolv.conf by "ip netns exec".
            Path etc = etc(guest);
            Files.createDirectories(etc);
            Files.writeString(etc.resolve("resolv.conf"), "");
        } catch (IOException e) {
            throw new DriverException("Instance " + guest.name() + " has no directory: " + e);
        }
        plugged.add(Key.of(guest));
        wires.plug(guest);
    }

    @Override
    public void start(Guest guest) {
        var words = List.of(
                "ip",
                "netns",
                "exec",
                guest.name(),
                "unshare",
                "--mount-proc",
                "--uts",
                "--ipc",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                scripts.resolve("guest.sh").toString(),
                guest.name(),
                guest.hostname(),
                guest.host(),
                home(guest).toString());
        running.put(
                Key.of(guest),
                new GuestProcesses(
                        commands.start(guest, words, console(guest.id().value())), processes));
    }

    @Override
    public void stop(Guest guest) {
        running(guest).ifPresent(GuestProcesses::kill);
        running.remove(Key.of(guest));
        wiring(guest).silence(guest);
    }

    @Override
    public void pause(Guest guest) {
        running(guest).orElseThrow(() -> doesNotRun(guest)).stop();
    }

    @Override
    public void unpause(Guest guest) {
        running(guest).orElseThrow(() -> doesNotRun(guest)).goOn();
    }

    private static DriverException doesNotRun(Guest guest) {
        return new DriverException("Instance " + guest.name() + " does not run on " + guest.host());
    }

    @Override
    public void attach(Guest guest, Vif vif) {
        wiring(guest).attach(guest, vif);
        running(guest).ifPresent(GuestProcesses::look);
    }

    @Override
    public void detach(Guest guest, Vif vif) {
        wiring(guest).detach(guest, vif);
        running(guest).ifPresent(GuestProcesses::look);
    }

    @Override
    public boolean runs(Guest guest) {
        return running(guest).map(GuestProcesses::alive).orElse(false);
    }

    private Optional<GuestProcesses> running(Guest guest) {
        return Optional.ofNullable(running.get(Key.of(guest)));
    }

    @Override
    public void destroy(Guest guest) {
        var failures = new ArrayList<String>();
        attempt(() -> running(guest).ifPresent(GuestProcesses::kill), failures);
        attempt(() -> wiring(guest).remove(guest), failures);
        attempt(() -> removeFiles(guest), failures);
        if (!failures.isEmpty()) {
            throw new DriverException("Instance " + guest.name() + " could not be removed from " + guest.host() + ": "
                    + String.join("; ", failures));
        }
    }

    private static void attempt(Runnable step, List<String> failures) {
        try {
            step.run();
        } catch (DriverException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    private void removeFiles(Guest guest) {
        running.remove(Key.of(guest));
        plugged.remove(Key.of(guest));
        try {
            FileTree.remove(etc(guest));
            // One that has moved goes on writing to its console from another host.
            if (plugged.stream().noneMatch(key -> key.guest().equals(guest.id()))) {
                FileTree.remove(home(guest));
            }
        } catch (IOException e) {
            throw new DriverException("its files stay: " + e);
        }
    }

    @Override
    public String console(Guest guest) {
        Path file = console(guest.id().value());
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new DriverException("The console " + file + " cannot be read: " + e);
        }
    }

    private NamespaceWiring wiring(Guest guest) {
        return wiring.computeIfAbsent(
                guest.host(), name -> new NamespaceWiring(holder(guest).kernel()));
    }

    private Holder holder(Guest guest) {
        var holder = hosts.get(guest.host());
        if (holder == null) {
            throw new DriverException("There is no compute host " + guest.host());
        }
        return holder;
    }

    private Path etc(Guest guest) {
        return holder(guest).file("/etc/netns/" + guest.name());
    }

    private Path home(Guest guest) {
        return directory.resolve(guest.id().value());
    }

    private Path console(String id) {
        return directory.resolve(id).resolve("console.log");
    }

    /** Lets go of the hosts; what runs there goes on. */
    @Override
    public void close() {
        wiring.values().forEach(NamespaceWiring::close);
        wiring.clear();
    }
}
