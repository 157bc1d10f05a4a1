package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.instance.Vif;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A server as compute knows it at a moment. {@code host} is empty until one is chosen. */
public record Instance(
        ResourceId id,
        int number,
        String name,
        String hostname,
        Optional<String> description,
        String projectId,
        String userId,
        String image,
        Flavor flavor,
        Map<String, String> metadata,
        List<String> tags,
        String reservation,
        int launchIndex,
        String host,
        State state,
        Optional<String> task,
        List<Vif> vifs,
        Optional<Fault> fault,
        Instant created,
        Instant updated,
        Optional<Instant> launched) {

    /** Nova's vm_state, of which the status that clients show follows. */
    public enum State {
        BUILDING("BUILD", 0),
        ACTIVE("ACTIVE", 1),
        ERROR("ERROR", 0);

        private final String status;
        private final int power;

        State(String status, int power) {
            this.status = status;
            this.power = power;
        }

        public String status() {
            return status;
        }

        /** Nova's power_state: 1 is running, 0 is none. */
        public int power() {
            return power;
        }

        public String vmState() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why an instance is in error, in Nova's words. */
    public record Fault(int code, String message, String details, Instant created) {}

    public Guest guest() {
        var settings = new GuestSettings(
                flavor.ram(),
                flavor.vcpus(),
                image,
                Map.of(),
                flavor.extraSpecs(),
                metadata,
                null,
                List.of(),
                projectId,
                Placement.ZONE,
                false);
        return new Guest(id, number, hostname, host, vifs, settings);
    }

    public boolean deleting() {
        return task.equals(Optional.of("deleting"));
    }

    Instance task(String next) {
        return with(host, state, Optional.of(next), vifs, fault, launched);
    }

    Instance on(String chosen) {
        return with(chosen, state, Optional.of("networking"), vifs, fault, launched);
    }

    Instance plugged(List<Vif> plugged) {
        return with(host, state, task, List.copyOf(plugged), fault, launched);
    }

    Instance active(Instant now) {
        return with(host, State.ACTIVE, Optional.empty(), vifs, Optional.empty(), Optional.of(now));
    }

    /** In error, with nothing of it left on any host. */
    Instance failed(Fault reason) {
        return with("", State.ERROR, Optional.empty(), List.of(), Optional.of(reason), launched);
    }

    Instance renamed(String to) {
        return new Instance(
                id,
                number,
                to,
                hostname,
                description,
                projectId,
                userId,
                image,
                flavor,
                metadata,
                tags,
                reservation,
                launchIndex,
                host,
                state,
                task,
                vifs,
                fault,
                created,
                updated,
                launched);
    }

    Instance updated(Instant now) {
        return new Instance(
                id,
                number,
                name,
                hostname,
                description,
                projectId,
                userId,
                image,
                flavor,
                metadata,
                tags,
                reservation,
                launchIndex,
                host,
                state,
                task,
                vifs,
                fault,
                created,
                now,
                launched);
    }

    private Instance with(
            String newHost,
            State newState,
            Optional<String> newTask,
            List<Vif> newVifs,
            Optional<Fault> newFault,
            Optional<Instant> newLaunched) {
        return new Instance(
                id,
                number,
                name,
                hostname,
                description,
                projectId,
                userId,
                image,
                flavor,
                metadata,
                tags,
                reservation,
                launchIndex,
                newHost,
                newState,
                newTask,
                newVifs,
                newFault,
                created,
                updated,
                newLaunched);
    }
}
