package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.instance.Vif;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A server as compute knows it at a moment. {@code host} and its {@code zone} are empty until one is chosen. */
public record Instance(
        ResourceId id,
        int number,
        Order order,
        Label label,
        String host,
        String zone,
        State state,
        Optional<String> task,
        List<Vif> vifs,
        Optional<Fault> fault,
        Instant created,
        Instant updated,
        Optional<Instant> launched) {

    /**
     * What was booted, which stays as it is.
     *
     * @param imageProperties what the image said of itself at the time
     * @param userData in base64
     * @param reservation which servers were booted together; {@code launchIndex} counts them from 0
     */
    public record Order(
            String projectId,
            String userId,
            String image,
            Map<String, String> imageProperties,
            Flavor flavor,
            Optional<GuestSettings.Key> key,
            Optional<String> userData,
            boolean configDrive,
            String reservation,
            int launchIndex) {}

    /**
     * What may be changed of a server at any time without touching it.
     *
     * @param deviceTags by port
     * @param lock why nobody but an administrator may do something to it; empty where it is not locked
     */
    public record Label(
            String name,
            String hostname,
            Optional<String> description,
            Map<String, String> metadata,
            List<String> tags,
            Map<String, String> deviceTags,
            Optional<Lock> lock) {
        Label named(String to) {
            return new Label(to, hostname, description, metadata, tags, deviceTags, lock);
        }

        Label hosted(String to) {
            return new Label(name, to, description, metadata, tags, deviceTags, lock);
        }

        Label described(Optional<String> to) {
            return new Label(name, hostname, to, metadata, tags, deviceTags, lock);
        }

        Label metadata(Map<String, String> to) {
            return new Label(name, hostname, description, Map.copyOf(to), tags, deviceTags, lock);
        }

        Label tags(List<String> to) {
            return new Label(name, hostname, description, metadata, List.copyOf(to), deviceTags, lock);
        }

        /** With what the device of a port is for. */
        Label tagged(ResourceId port, String tag) {
            var more = new HashMap<>(deviceTags);
            more.put(port.value(), tag);
            return new Label(name, hostname, description, metadata, tags, Map.copyOf(more), lock);
        }

        Label untagged(ResourceId port) {
            var fewer = new HashMap<>(deviceTags);
            fewer.remove(port.value());
            return new Label(name, hostname, description, metadata, tags, Map.copyOf(fewer), lock);
        }

        Label locked(Optional<Lock> to) {
            return new Label(name, hostname, description, metadata, tags, deviceTags, to);
        }
    }

    public record Lock(Optional<String> reason) {}

    /** Nova's vm_state, of which the status that clients show follows. */
    public enum State {
        BUILDING("BUILD", 0),
        ACTIVE("ACTIVE", 1),
        PAUSED("PAUSED", 3),
        SUSPENDED("SUSPENDED", 4),
        STOPPED("SHUTOFF", 4),
        /** Moved to another host, and waiting for the word that it may stay there. */
        RESIZED("VERIFY_RESIZE", 1),
        ERROR("ERROR", 0);

        private final String status;
        private final int power;

        State(String status, int power) {
            this.status = status;
            this.power = power;
        }

        /** Nova's power_state: 0 is none, 1 running, 3 paused, 4 shut down. */
        public int power() {
            return power;
        }

        public String vmState() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a process of it should be there. */
        public boolean running() {
            return this == ACTIVE || this == PAUSED || this == SUSPENDED;
        }
    }

    /** Why an instance is in error, in Nova's words. */
    public record Fault(int code, String message, String details, Instant created) {}

    public String name() {
        return label.name();
    }

    public String hostname() {
        return label.hostname();
    }

    public String projectId() {
        return order.projectId();
    }

    public String userId() {
        return order.userId();
    }

    public String image() {
        return order.image();
    }

    public Flavor flavor() {
        return order.flavor();
    }

    public String reservation() {
        return order.reservation();
    }

    public int launchIndex() {
        return order.launchIndex();
    }

    /** What clients show: the state, or what is being done where Nova shows that instead. */
    public String status() {
        return switch (task.orElse("")) {
            case Tasks.REBOOTING -> state == State.ERROR ? state.status : "REBOOT";
            case Tasks.REBOOTING_HARD -> "HARD_REBOOT";
            case Tasks.MIGRATING -> "MIGRATING";
            case Tasks.RESIZING -> "RESIZE";
            case Tasks.REVERTING -> "REVERT_RESIZE";
            default -> state.status;
        };
    }

    public Guest guest() {
        var settings = new GuestSettings(
                flavor().ram(),
                flavor().vcpus(),
                image(),
                order.imageProperties(),
                flavor().extraSpecs(),
                label.metadata(),
                order.userData().orElse(null),
                order.key().stream().toList(),
                projectId(),
                zone.isEmpty() ? Placement.ZONE : zone,
                order.configDrive());
        return new Guest(id, number, hostname(), host, vifs, settings);
    }

    public boolean deleting() {
        return task.equals(Optional.of(Tasks.DELETING));
    }

    Instance labelled(Label next) {
        return new Instance(id, number, order, next, host, zone, state, task, vifs, fault, created, updated, launched);
    }

    Instance task(String next) {
        return with(host, zone, state, Optional.of(next), vifs, fault, launched);
    }

    /** Nothing is being done to it any more. */
    Instance idle() {
        return with(host, zone, state, Optional.empty(), vifs, fault, launched);
    }

    /** It came into a state, in which nothing is being done to it and what went wrong earlier counts no more. */
    Instance in(State next) {
        return with(host, zone, next, Optional.empty(), vifs, Optional.empty(), launched);
    }

    Instance on(String chosen, String where) {
        return with(chosen, where, state, Optional.of(Tasks.NETWORKING), vifs, fault, launched);
    }

    Instance movedTo(String other, String where) {
        return with(other, where, state, task, vifs, fault, launched);
    }

    Instance plugged(List<Vif> plugged) {
        return with(host, zone, state, task, List.copyOf(plugged), fault, launched);
    }

    Instance active(Instant now) {
        return with(host, zone, State.ACTIVE, Optional.empty(), vifs, Optional.empty(), Optional.of(now));
    }

    /** In error, with nothing of it left on any host. */
    Instance failed(Fault reason) {
        return with("", "", State.ERROR, Optional.empty(), List.of(), Optional.of(reason), launched);
    }

    /** In error, where it is. */
    Instance broken(Fault reason) {
        return with(host, zone, State.ERROR, Optional.empty(), vifs, Optional.of(reason), launched);
    }

    Instance updated(Instant now) {
        return new Instance(id, number, order, label, host, zone, state, task, vifs, fault, created, now, launched);
    }

    private Instance with(
            String newHost,
            String newZone,
            State newState,
            Optional<String> newTask,
            List<Vif> newVifs,
            Optional<Fault> newFault,
            Optional<Instant> newLaunched) {
        return new Instance(
                id,
                number,
                order,
                label,
                newHost,
                newZone,
                newState,
                newTask,
                newVifs,
                newFault,
                created,
                updated,
                newLaunched);
    }
}
