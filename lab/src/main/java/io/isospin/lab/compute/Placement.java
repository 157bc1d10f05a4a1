package io.isospin.lab.compute;

import io.isospin.lab.http.Refusal;
import java.util.Optional;

/** Where an instance is wanted: {@code nova}, {@code nova:compute02}, {@code nova:compute02:compute02}, or nowhere special. */
public record Placement(Optional<String> host) {
    public static final String ZONE = "nova";

    /** Reads what {@code availability_zone} says. */
    static Placement of(String zone) {
        String[] parts = zone.split(":", -1);
        if (parts.length > 3) {
            throw Refusal.badRequest(
                    "Invalid availability zone: '" + zone + "'. It is ZONE, ZONE:HOST or ZONE:HOST:NODE.");
        }
        if (!parts[0].isEmpty() && !parts[0].equals(ZONE)) {
            throw Refusal.badRequest("The requested availability zone is not available");
        }
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                return new Placement(Optional.of(parts[i]));
            }
        }
        return new Placement(Optional.empty());
    }
}
