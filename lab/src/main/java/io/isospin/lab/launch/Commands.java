package io.isospin.lab.launch;

import io.isospin.lab.host.HostPlan;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import io.isospin.lab.host.LabRecord;
import io.isospin.lab.host.ProcessId;
import io.isospin.lab.host.Remains;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What can be done with a lab: run it, look at it, stop it. */
public final class Commands {
    private static final int STOP_SECONDS = 15;

    private final LabPlan plan;
    private final Supplier<Kernel> kernel;
    private final Progress progress;

    public Commands(LabPlan plan, Supplier<Kernel> kernel, Progress progress) {
        this.plan = plan;
        this.kernel = kernel;
        this.progress = progress;
    }

    /** Runs a lab until this process is asked to end, and takes it away then. Answers the exit status. */
    public int run(Path home, boolean fresh) throws InterruptedException, IOException {
        try (var lock = LabLock.take(plan);
                var signal = new EndSignal();
                var lab = new Lab(kernel.get(), plan, home, progress)) {
            try {
                if (fresh) {
                    lab.forget();
                }
                lab.start();
                guide();
                Files.writeString(plan.run().resolve("ready"), progress.total() + "\n");
                signal.await();
            } catch (InterruptedException e) {
                if (!signal.given()) {
                    throw e;
                }
            } finally {
                signal.ignore();
            }
            return lock.held() ? 0 : 1;
        }
    }

    private void guide() {
        progress.say("""

                The lab is ready after %.1f s. In another terminal, type:

                  eval "$(./isospin env admin)"       be the administrator (or: env demo)
                  neutron agent-list                  Debian's own clients work
                  neutron net-create --provider:network_type=flat --provider:physical_network=physnet2 --shared MyFlatNetwork
                  neutron subnet-create MyFlatNetwork 192.168.100.0/24 --name MyFlatSubnet
                  nova boot --image cirros --flavor m1.tiny --nic net-name=MyFlatNetwork vm1
                  nova console-log vm1
                  ./isospin shell compute01           look around on a host

                The dashboard is at http://127.0.0.1:%d/dashboard, for the users admin and demo; "./isospin env USER" tells the
                password. Hosts of the lab have it at http://%s:%d/dashboard.

                Logs are in %s. ./isospin lab stop ends the lab.""".formatted(
                        progress.total(),
                        Ports.STANDARD.network(),
                        plan.controller().management(),
                        Ports.STANDARD.network(),
                        plan.logs()));
    }

    /** Prints what runs; 0 where a lab is ready, 3 where none runs, as init scripts have it. */
    public int status() {
        var record = LabRecord.read(plan);
        if (record.isEmpty()) {
            progress.say("No lab is running.");
            return 3;
        }
        var lab = record.get().lab();
        if (!lab.alive()) {
            progress.say("No lab is running, but one has left something behind; \"./isospin lab stop\" clears it.");
            return 3;
        }
        boolean ready = Files.exists(plan.run().resolve("ready"));
        progress.say("The lab is " + (ready ? "ready" : "starting") + " (process " + lab.pid() + ").");
        for (var host : plan.hosts()) {
            progress.say(String.format(
                    Locale.ROOT,
                    "  %-14s %-12s %s",
                    host.name(),
                    host.management(),
                    String.join(", ", programs(host))));
        }
        return ready ? 0 : 3;
    }

    private List<String> programs(HostPlan host) {
        var programs = new ArrayList<String>();
        if (!Files.exists(plan.pidFile(host.name()))) {
            return List.of("not there yet");
        }
        for (var name : List.of("server", "agent")) {
            pid(plan.run().resolve(host.name() + "-" + name + ".pid"))
                    .ifPresent(pid -> programs.add(
                            name + (ProcessId.of(pid).isPresent() ? " (process " + pid + ")" : " (not running)")));
        }
        return programs;
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Long.parseLong(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new LabException("The file " + file + " cannot be read: " + e, e);
        }
    }

    /** Ends the running lab, or clears what one has left. */
    public int stop() throws IOException, InterruptedException {
        var record = LabRecord.read(plan);
        if (record.isEmpty()) {
            progress.say("No lab is running.");
            return 0;
        }
        var running = record.get().lab().handle();
        if (running.isPresent()) {
            running.get().destroy();
            try {
                running.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                progress.say("The lab does not end within " + STOP_SECONDS + " s; it is killed.");
                running.get().destroyForcibly();
            } catch (ExecutionException e) {
                throw new LabException("Waiting for the lab to end failed: " + e, e);
            }
        }
        try (var lock = LabLock.take(plan);
                var open = kernel.get()) {
            var left = LabRecord.read(plan);
            left.ifPresent(new Remains(open, plan)::clear);
            progress.say(left.isPresent() ? "Cleared what the lab had left." : "The lab is stopped.");
            return lock.held() ? 0 : 1;
        }
    }
}
