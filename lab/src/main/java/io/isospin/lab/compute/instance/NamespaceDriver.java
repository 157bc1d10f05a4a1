package io.isospin.lab.compute.instance;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.host.Holder;
import io.isospin.lab.host.Scripts;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Instances as network namespaces on their host: each interface a veth pair, whose outer end is the tap, and inside a
 * first process that asks for addresses by DHCP. It starts in no time and takes no memory to speak of.
 */
public final class NamespaceDriver implements InstanceDriver {
    private static final List<String> SCRIPTS = List.of(
            "plug.sh",
            "interface.sh",
            "guest.sh",
            "dhcp.sh",
            "metadata.sh",
            "confined.sh",
            "attach.sh",
            "detach.sh",
            "signal.sh",
            "stop.sh",
            "destroy.sh");

    private final HostCommands commands;
    private final Path directory;
    private final Path scripts;
    private final Map<Key, Process> running = new ConcurrentHashMap<>();

    /** A guest on a host; while it moves to another, it is on both. */
    private record Key(ResourceId guest, String host) {
        static Key of(Guest guest) {
            return new Key(guest.id(), guest.host());
        }
    }

    /** {@code directory} gets one directory for each instance, with its console. */
    public NamespaceDriver(Kernel kernel, Map<String, Holder> hosts, Path directory) {
        this.commands = new HostCommands(kernel, hosts, directory);
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
        var words = words("plug.sh", guest.name(), pidFile(guest).toString());
        guest.vifs().forEach(vif -> words.addAll(words(vif)));
        try {
            Files.createDirectories(home(guest));
        } catch (IOException e) {
            throw new DriverException("Instance " + guest.name() + " has no directory: " + e);
        }
        commands.run(guest, words, "plugged");
    }

    @Override
    public void start(Guest guest) {
        var words = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                guest.name(),
                "unshare",
                "--mount",
                "--uts",
                "--ipc",
                "--pid",
                "--fork",
                "--kill-child"));
        words.addAll(words(
                "guest.sh",
                guest.name(),
                guest.hostname(),
                guest.host(),
                home(guest).toString()));
        running.put(
                Key.of(guest), commands.start(guest, words, console(guest.id().value())));
    }

    @Override
    public void stop(Guest guest) {
        commands.run(guest, words("stop.sh", guest.name(), pidFile(guest).toString()), "stopped");
        running.remove(Key.of(guest));
    }

    @Override
    public void pause(Guest guest) {
        signal(guest, "STOP", "paused");
    }

    @Override
    public void unpause(Guest guest) {
        signal(guest, "CONT", "unpaused");
    }

    private void signal(Guest guest, String signal, String done) {
        commands.run(
                guest, words("signal.sh", signal, guest.name(), pidFile(guest).toString()), done);
    }

    @Override
    public void attach(Guest guest, Vif vif) {
        var words = words("attach.sh", guest.name(), pidFile(guest).toString());
        words.addAll(words(vif));
        commands.run(guest, words, "given " + vif.tap());
    }

    @Override
    public void detach(Guest guest, Vif vif) {
        commands.run(
                guest,
                words(
                        "detach.sh",
                        guest.name(),
                        pidFile(guest).toString(),
                        vif.tap().value()),
                "rid of " + vif.tap());
    }

    @Override
    public boolean runs(Guest guest) {
        var process = running.get(Key.of(guest));
        return process != null && process.isAlive();
    }

    @Override
    public void destroy(Guest guest) {
        var words = words(
                "destroy.sh",
                guest.name(),
                home(guest).toString(),
                pidFile(guest).toString());
        guest.vifs().forEach(vif -> words.add(vif.tap().value()));
        commands.run(guest, words, "removed");
        running.remove(Key.of(guest));
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

    private List<String> words(String script, String... more) {
        var words = new ArrayList<>(List.of("sh", scripts.resolve(script).toString()));
        words.addAll(List.of(more));
        return words;
    }

    private static List<String> words(Vif vif) {
        return List.of(vif.tap().value(), vif.bridge().value(), vif.mac().toString(), Integer.toString(vif.mtu()));
    }

    // By host, as one that moves has two for a while.
    private Path pidFile(Guest guest) {
        return home(guest).resolve("pid." + guest.host());
    }

    private Path home(Guest guest) {
        return directory.resolve(guest.id().value());
    }

    private Path console(String id) {
        return directory.resolve(id).resolve("console.log");
    }
}
