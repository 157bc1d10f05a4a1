package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.HostCommands;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.host.FileTree;
import io.isospin.lab.host.Holder;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Instances as Linux guests under qemu, a process each in its host's namespaces; it ends with the host. Interfaces are
 * virtio devices on taps, which stay while the guest is off.
 */
public final class QemuDriver implements InstanceDriver {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin", QemuCommand.PROGRAM), Path.of("/usr/local/bin", QemuCommand.PROGRAM));

    private final Kernel kernel;
    private final HostCommands commands;
    private final Places places;
    private final Function<String, Optional<Disk>> disks;
    private final Function<Guest, Map<String, byte[]>> drives;
    private final GuestImageMaker images;
    private final AcceleratorTrial accelerators;
    private final Taps taps;
    private final Map<Key, Machine> running = new ConcurrentHashMap<>();

    /**
     * Where the driver keeps what it has.
     *
     * @param instances a directory for each guest, with its console
     * @param sockets of what runs; gone with the lab
     * @param image the guests' image, made once
     * @param programs where qemu may be
     */
    public record Places(Path instances, Path sockets, Path image, List<Path> programs) {
        public Places(Path instances, Path sockets, Path image) {
            this(instances, sockets, image, PROGRAMS);
        }
    }

    private record Key(String guest, String host) {
        static Key of(Guest guest) {
            return new Key(guest.id().value(), guest.host());
        }
    }

    /**
     * @param disks the disk that an image is, by its id; empty for the lab's own image
     * @param drives what a guest's config drive holds, by path
     */
    public QemuDriver(
            Kernel kernel,
            Map<String, Holder> hosts,
            Places places,
            Function<String, Optional<Disk>> disks,
            Function<Guest, Map<String, byte[]>> drives) {
        this.kernel = kernel;
        this.places = places;
        this.disks = disks;
        this.drives = drives;
        this.commands = new HostCommands(kernel, hosts, places.instances());
        this.images = new GuestImageMaker(kernel, places.image());
        this.accelerators =
                new AcceleratorTrial(kernel, Path.of("/dev/kvm"), places.image().resolve("kvm.log"));
        this.taps = new Taps(commands, places.instances().resolve("scripts"));
    }

    @Override
    public String type() {
        return "QEMU";
    }

    @Override
    public void plug(Guest guest) {
        if (places.programs().stream().noneMatch(Files::isExecutable)) {
            throw new DriverException("Guests of this image run under qemu, which is not installed: do that with"
                    + " \"apt-get install --no-install-recommends qemu-system-x86\", and boot again.");
        }
        image(guest);
        disk(guest);
        taps.plug(guest, guest.vifs());
    }

    private GuestImage image(Guest guest) {
        return images.get(line -> say(guest, line));
    }

    private Optional<Disk> disk(Guest guest) {
        return disks.apply(guest.settings().image()).map(image -> GuestDisk.prepare(image, home(guest)));
    }

    @Override
    public void start(Guest guest) {
        if (runs(guest)) {
            throw new DriverException("Instance " + guest.name() + " runs already on " + guest.host());
        }
        var image = image(guest);
        var accelerator = accelerators.get(image);
        say(
                guest,
                "Booting " + guest.hostname() + " (" + guest.name() + ") on " + guest.host() + " "
                        + accelerator.told());
        var files = files(guest);
        var words = disk(guest)
                .map(disk -> QemuCommand.of(guest, disk, accelerator, files))
                .orElseGet(() -> QemuCommand.of(guest, image, accelerator, files));
        Path log = home(guest).resolve("qemu.log");
        try {
            Files.createDirectories(places.sockets());
            Files.deleteIfExists(files.console());
            Files.deleteIfExists(files.monitor());
            Files.deleteIfExists(log);
            if (guest.settings().configDrive()) {
                words.addAll(QemuCommand.configDrive(writeDrive(guest)));
            }
            var started = new Machine(guest, commands.start(guest, words, log), files);
            running.put(Key.of(guest), started);
            started.awaitMonitor(log);
            started.keepConsoleSmall(kernel);
        } catch (IOException e) {
            throw new DriverException("Instance " + guest.name() + " cannot be started: " + e);
        }
    }

    private Path writeDrive(Guest guest) throws IOException {
        Path drive = home(guest).resolve("config-drive");
        FileTree.remove(drive);
        for (var file : drives.apply(guest).entrySet()) {
            Path path = drive.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return drive;
    }

    @Override
    public void stop(Guest guest) {
        running(guest).ifPresent(Machine::powerOff);
    }

    @Override
    public void pause(Guest guest) {
        monitor(guest).pause();
    }

    @Override
    public void unpause(Guest guest) {
        monitor(guest).unpause();
    }

    private Monitor monitor(Guest guest) {
        return new Monitor(guest, files(guest).monitor());
    }

    @Override
    public void attach(Guest guest, Vif vif) {
        taps.plug(guest, List.of(vif));
        if (!runs(guest)) {
            return;
        }
        boolean done = false;
        try {
            monitor(guest).give(vif);
            done = true;
        } finally {
            if (!done) {
                taps.unplug(guest, List.of(vif));
            }
        }
    }

    @Override
    public void detach(Guest guest, Vif vif) {
        if (runs(guest)) {
            monitor(guest).take(vif);
        }
        taps.unplug(guest, List.of(vif));
    }

    @Override
    public boolean runs(Guest guest) {
        return running(guest).isPresent();
    }

    private Optional<Machine> running(Guest guest) {
        return Optional.ofNullable(running.get(Key.of(guest))).filter(Machine::alive);
    }

    /** Its memory is all that it has, and is not carried over. */
    @Override
    public boolean movesLive(Guest guest) {
        return false;
    }

    @Override
    public String accelerator() {
        return accelerators.known().map(Accelerator::name).orElse("");
    }

    @Override
    public void destroy(Guest guest) {
        var failures = new ArrayList<String>();
        attempt(failures, () -> running(guest).ifPresent(Machine::kill));
        attempt(failures, () -> taps.unplug(guest, guest.vifs()));
        attempt(failures, () -> {
            try {
                FileTree.remove(home(guest));
                Files.deleteIfExists(files(guest).console());
                Files.deleteIfExists(files(guest).monitor());
            } catch (IOException e) {
                throw new DriverException("its files stay: " + e);
            }
        });
        if (!failures.isEmpty()) {
            throw new DriverException(
                    "Instance " + guest.name() + " leaves something behind: " + String.join("; ", failures));
        }
        running.remove(Key.of(guest));
    }

    private static void attempt(List<String> failures, Runnable step) {
        try {
            step.run();
        } catch (DriverException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String console(Guest guest) {
        try {
            return new ConsoleLog(files(guest).log()).tail();
        } catch (IOException e) {
            throw new DriverException("The console of " + guest.name() + " cannot be read: " + e);
        }
    }

    private void say(Guest guest, String line) {
        try {
            new ConsoleLog(files(guest).log()).say(line);
        } catch (IOException e) {
            throw new DriverException("Instance " + guest.name() + " has no console: " + e);
        }
    }

    private Path home(Guest guest) {
        return places.instances().resolve(guest.id().value()).toAbsolutePath();
    }

    private QemuCommand.Files files(Guest guest) {
        // Short names, as a socket's has 107 bytes at the most.
        return new QemuCommand.Files(
                places.sockets().resolve(guest.name() + ".tty"),
                places.sockets().resolve(guest.name() + ".qmp"),
                home(guest).resolve("console.log"));
    }
}
