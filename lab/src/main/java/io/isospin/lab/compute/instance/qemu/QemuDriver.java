package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.HostCommands;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.host.FileTree;
import io.isospin.lab.host.Holder;
import io.isospin.lab.host.Scripts;
import io.isospin.lab.http.Json;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Instances as Linux guests under qemu, a process each in its host's namespaces; it ends with the host. Interfaces are
 * virtio devices on taps, which stay while the guest is off.
 */
public final class QemuDriver implements InstanceDriver {
    private static final System.Logger LOG = System.getLogger(QemuDriver.class.getName());
    private static final Duration QEMU_PATIENCE = Duration.ofSeconds(10);
    private static final Duration GUEST_PATIENCE = Duration.ofSeconds(15);
    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin", QemuCommand.PROGRAM), Path.of("/usr/local/bin", QemuCommand.PROGRAM));

    private final Kernel kernel;
    private final HostCommands commands;
    private final Places places;
    private final Function<Guest, Map<String, byte[]>> drives;
    private final GuestImageMaker images;
    private final AcceleratorTrial accelerators;
    private final Path taps;
    private final Map<Key, Running> running = new ConcurrentHashMap<>();

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

    /** A guest's process: nsenter, which ends as the qemu below it does. */
    private record Running(Process process, ConsoleLog console) {
        boolean alive() {
            return process.isAlive();
        }
    }

    /** {@code drives} says what a guest's config drive holds, by path. */
    public QemuDriver(
            Kernel kernel, Map<String, Holder> hosts, Places places, Function<Guest, Map<String, byte[]>> drives) {
        this.kernel = kernel;
        this.places = places;
        this.drives = drives;
        this.commands = new HostCommands(kernel, hosts, places.instances());
        this.images = new GuestImageMaker(kernel, places.image());
        this.accelerators =
                new AcceleratorTrial(kernel, Path.of("/dev/kvm"), places.image().resolve("kvm.log"));
        this.taps = Scripts.copy(
                "compute/instance/qemu/taps.sh", places.instances().resolve("scripts"));
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
        var words = taps("plug");
        guest.vifs().forEach(vif -> words.addAll(words(vif)));
        commands.run(guest, words, "plugged");
    }

    private GuestImage image(Guest guest) {
        return images.get(line -> say(guest, line));
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
        var words = QemuCommand.of(guest, image, accelerator, files);
        Path log = home(guest).resolve("qemu.log");
        try {
            Files.createDirectories(places.sockets());
            Files.deleteIfExists(files.console());
            Files.deleteIfExists(files.monitor());
            Files.deleteIfExists(log);
            if (guest.settings().configDrive()) {
                words.addAll(QemuCommand.configDrive(writeDrive(guest)));
            }
            var started = new Running(commands.start(guest, words, log), new ConsoleLog(files.log()));
            running.put(Key.of(guest), started);
            awaitMonitor(guest, started, files.monitor(), log);
            Thread.ofVirtual().name("console-" + guest.name()).start(() -> keepSmall(started));
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

    /** Waits until qemu answers, so that what it does not like is told by who starts it. */
    private void awaitMonitor(Guest guest, Running started, Path monitor, Path log) {
        long end = System.nanoTime() + QEMU_PATIENCE.toNanos();
        while (true) {
            try (var qmp = Qmp.connect(monitor)) {
                qmp.execute("query-status", Json.object());
                return;
            } catch (IOException | Qmp.Refused notYet) {
                if (!started.alive() || System.nanoTime() > end) {
                    kill(started);
                    throw new DriverException("Instance " + guest.name() + " does not start on " + guest.host() + ": "
                            + (Files.exists(log) ? Scripts.tail(log, 3) : String.valueOf(notYet.getMessage())));
                }
            }
            awaitEnd(started, Duration.ofMillis(20));
        }
    }

    private void keepSmall(Running guest) {
        try {
            while (!guest.process().waitFor(1, TimeUnit.SECONDS)) {
                guest.console().trim(kernel);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Presses the power button until the guest hears it, for it may be booting; pulls the plug where it does not. */
    @Override
    public void stop(Guest guest) {
        var process = running.get(Key.of(guest));
        if (process == null || !process.alive()) {
            return;
        }
        long end = System.nanoTime() + GUEST_PATIENCE.toNanos();
        while (process.alive() && System.nanoTime() < end) {
            try (var qmp = Qmp.connect(files(guest).monitor())) {
                qmp.execute("cont", Json.object());
                qmp.execute("system_powerdown", Json.object());
            } catch (IOException | Qmp.Refused | DriverException e) {
                LOG.log(Level.DEBUG, "{0} is not asked to power off: {1}", guest.name(), e.getMessage());
            }
            awaitEnd(process, AGAIN);
        }
        if (process.alive()) {
            say(guest, "The guest did not power off within " + GUEST_PATIENCE.toSeconds() + " s; it is switched off.");
        }
        kill(process);
    }

    private static void awaitEnd(Running guest, Duration most) {
        try {
            guest.process().waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException("interrupted");
        }
    }

    private static void kill(Running guest) {
        guest.process().descendants().forEach(ProcessHandle::destroyForcibly);
        awaitEnd(guest, QEMU_PATIENCE);
        if (guest.alive()) {
            guest.process().destroyForcibly();
            throw new DriverException("qemu's process below " + guest.process().pid() + " does not end");
        }
    }

    @Override
    public void pause(Guest guest) {
        tell(guest, "paused", qmp -> qmp.execute("stop", Json.object()));
    }

    @Override
    public void unpause(Guest guest) {
        tell(guest, "unpaused", qmp -> qmp.execute("cont", Json.object()));
    }

    @Override
    public void attach(Guest guest, Vif vif) {
        var words = taps("plug");
        words.addAll(words(vif));
        commands.run(guest, words, "given " + vif.tap());
        if (!runs(guest)) {
            return;
        }
        boolean done = false;
        try {
            tell(guest, "given " + vif.tap(), qmp -> {
                qmp.execute("netdev_add", QemuCommand.backend(vif));
                qmp.execute("device_add", QemuCommand.device(vif));
            });
            done = true;
        } finally {
            if (!done) {
                unplug(guest, List.of(vif));
            }
        }
    }

    @Override
    public void detach(Guest guest, Vif vif) {
        if (runs(guest)) {
            tell(guest, "rid of " + vif.tap(), qmp -> release(qmp, guest, vif));
        }
        unplug(guest, List.of(vif));
    }

    /** Has the guest let go of a device. It must take part in that, so one that is booting is asked again. */
    private static void release(Qmp qmp, Guest guest, Vif vif) throws Qmp.Refused {
        String device = QemuCommand.deviceId(vif);
        long end = System.nanoTime() + GUEST_PATIENCE.toNanos();
        boolean gone = false;
        while (!gone && System.nanoTime() < end) {
            try {
                qmp.execute("device_del", Json.object().put("id", device));
            } catch (Qmp.Refused e) {
                String why = String.valueOf(e.getMessage());
                if (why.contains("not found")) {
                    break;
                }
                if (!why.contains("already in the process of unplug")) {
                    throw e;
                }
            }
            gone = qmp.await("DEVICE_DELETED", device, AGAIN);
        }
        if (!gone && System.nanoTime() >= end) {
            throw new DriverException("Instance " + guest.name() + " does not let go of " + vif.mac() + " within "
                    + GUEST_PATIENCE.toSeconds() + " s");
        }
        qmp.execute("netdev_del", Json.object().put("id", QemuCommand.backendId(vif)));
    }

    @Override
    public boolean runs(Guest guest) {
        var process = running.get(Key.of(guest));
        return process != null && process.alive();
    }

    /** Its memory is all that it has, and is not carried over. */
    @Override
    public boolean movesLive(Guest guest) {
        return false;
    }

    @Override
    public void destroy(Guest guest) {
        var failures = new ArrayList<String>();
        var process = running.get(Key.of(guest));
        attempt(failures, () -> {
            if (process != null) {
                kill(process);
            }
        });
        attempt(failures, () -> unplug(guest, guest.vifs()));
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

    private interface Told {
        void to(Qmp qmp) throws Qmp.Refused;
    }

    private void tell(Guest guest, String done, Told told) {
        try (var qmp = Qmp.connect(files(guest).monitor())) {
            told.to(qmp);
        } catch (IOException e) {
            throw new DriverException("Instance " + guest.name() + " could not be " + done + ": qemu does not answer ("
                    + e.getMessage() + ")");
        } catch (Qmp.Refused e) {
            throw new DriverException("Instance " + guest.name() + " could not be " + done + ": " + e.getMessage());
        }
    }

    private void unplug(Guest guest, List<Vif> vifs) {
        var words = taps("unplug");
        vifs.forEach(vif -> words.add(vif.tap().value()));
        commands.run(guest, words, "unplugged");
    }

    private List<String> taps(String verb) {
        return new ArrayList<>(List.of("sh", taps.toString(), verb));
    }

    private static List<String> words(Vif vif) {
        return List.of(vif.tap().value(), vif.bridge().value(), vif.mac().toString(), Integer.toString(vif.mtu()));
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
