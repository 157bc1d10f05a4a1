package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.Instance.Fault;
import io.isospin.lab.compute.Instance.State;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.http.Refusal;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Switches instances on and off, and freezes them. */
final class Power {
    private static final System.Logger LOG = System.getLogger(Power.class.getName());

    /**
     * What can be done.
     *
     * @param name what Nova calls it in its API and in the log of actions
     * @param event what Nova's compute calls it
     * @param from the states in which it can be done
     */
    private record Verb(
            String name,
            String event,
            Set<State> from,
            String task,
            BiConsumer<InstanceDriver, Guest> does,
            State to) {}

    private static final Set<State> RESTARTABLE =
            EnumSet.of(State.ACTIVE, State.STOPPED, State.PAUSED, State.SUSPENDED, State.ERROR);
    private static final Verb SOFT_REBOOT = new Verb(
            "reboot",
            "compute_reboot_instance",
            EnumSet.of(State.ACTIVE),
            Tasks.REBOOTING,
            Power::restart,
            State.ACTIVE);
    private static final Verb HARD_REBOOT = new Verb(
            "reboot", "compute_reboot_instance", RESTARTABLE, Tasks.REBOOTING_HARD, Power::restart, State.ACTIVE);
    private static final List<Verb> VERBS = List.of(
            new Verb(
                    "stop",
                    "compute_stop_instance",
                    EnumSet.of(State.ACTIVE, State.ERROR),
                    Tasks.POWERING_OFF,
                    InstanceDriver::stop,
                    State.STOPPED),
            new Verb(
                    "start",
                    "compute_start_instance",
                    EnumSet.of(State.STOPPED),
                    Tasks.POWERING_ON,
                    InstanceDriver::start,
                    State.ACTIVE),
            new Verb(
                    "pause",
                    "compute_pause_instance",
                    EnumSet.of(State.ACTIVE),
                    Tasks.PAUSING,
                    InstanceDriver::pause,
                    State.PAUSED),
            new Verb(
                    "unpause",
                    "compute_unpause_instance",
                    EnumSet.of(State.PAUSED),
                    Tasks.UNPAUSING,
                    InstanceDriver::unpause,
                    State.ACTIVE),
            new Verb(
                    "suspend",
                    "compute_suspend_instance",
                    EnumSet.of(State.ACTIVE),
                    Tasks.SUSPENDING,
                    InstanceDriver::pause,
                    State.SUSPENDED),
            new Verb(
                    "resume",
                    "compute_resume_instance",
                    EnumSet.of(State.SUSPENDED),
                    Tasks.RESUMING,
                    InstanceDriver::unpause,
                    State.ACTIVE));

    private final Instances instances;
    private final Work work;
    private final InstanceDriver driver;
    private final ActionLog actions;

    Power(Instances instances, Work work, InstanceDriver driver, ActionLog actions) {
        this.instances = instances;
        this.work = work;
        this.driver = driver;
        this.actions = actions;
    }

    private static void restart(InstanceDriver driver, Guest guest) {
        driver.stop(guest);
        driver.start(guest);
    }

    /** Begins one of {@code stop, start, pause, unpause, suspend, resume}; refused where the state forbids it. */
    void begin(String name, ResourceId id, Asked asked) {
        VERBS.stream().filter(verb -> verb.name().equals(name)).findFirst().ifPresent(verb -> begin(verb, id, asked));
    }

    void reboot(ResourceId id, boolean hard, Asked asked) {
        begin(hard ? HARD_REBOOT : SOFT_REBOOT, id, asked);
    }

    private void begin(Verb verb, ResourceId id, Asked asked) {
        var server = instances
                .update(id, instance -> {
                    requireIdle(instance, verb.name(), verb.from());
                    return instance.task(verb.task());
                })
                .orElseThrow(() -> Refusal.notFound("Instance " + id + " could not be found."));
        actions.begin(id, asked, verb.name(), verb.event());
        work.later(
                id,
                () -> {
                    var error = run(verb, id);
                    actions.end(id, asked.request(), error, server.host());
                },
                e -> instances.update(id, Instance::idle));
    }

    /** Nova's conflict where an instance is in no state to be asked for this. */
    static void requireIdle(Instance instance, String action, Set<State> from) {
        if (!from.contains(instance.state())) {
            throw invalid(instance, action, "vm_state " + instance.state().vmState());
        }
        if (instance.task().isPresent()) {
            throw invalid(instance, action, "task_state " + instance.task().get());
        }
        if (instance.host().isEmpty()) {
            throw Refusal.conflict("Instance " + instance.id() + " is not ready");
        }
    }

    private static Refusal invalid(Instance instance, String action, String state) {
        return Refusal.conflict("Cannot '" + action + "' instance " + instance.id() + " while it is in " + state);
    }

    private Optional<String> run(Verb verb, ResourceId id) {
        var instance = instances.find(id);
        if (instance.isEmpty() || instance.get().deleting()) {
            return Optional.empty();
        }
        try {
            verb.does().accept(driver, instance.get().guest());
            instances.update(id, i -> i.deleting() ? i : i.in(verb.to()));
            return Optional.empty();
        } catch (DriverException e) {
            String why = String.valueOf(e.getMessage());
            LOG.log(Level.WARNING, "server {0}: {1} failed: {2}", id, verb.name(), why);
            boolean off =
                    verb.to() == State.ACTIVE && !driver.runs(instance.get().guest());
            instances.update(
                    id, i -> i.deleting() ? i : off ? i.broken(new Fault(500, why, "", instances.now())) : i.idle());
            return Optional.of(why);
        }
    }
}
