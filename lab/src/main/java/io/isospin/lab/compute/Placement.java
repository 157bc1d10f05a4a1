package io.isospin.lab.compute;

import io.isospin.lab.http.Refusal;
import java.util.Optional;

/**
 * Where an instance is wanted: {@code nova}, {@code nova:compute02}, {@code nova:compute02:compute02}, or nowhere special.
 *
 * @param forced whether the host is taken unseen, as one that stands in the zone is
 */
public record Placement(Optional<String> host, boolean forced) {
    public static final String ZONE = "nova";

    public static final Placement ANYWHERE = new Placement(Optional.empty(), false);

    /** Reads what {@code availability_zone} says. */
    static Placement of(String zone) {
        String[] parts = zone.split(":", -1);
        if (parts.length > 3) {
            throw Refusal.badRequest("Unable to parse availability_zone");
        }
        if (!parts[0].isEmpty() && !parts[0].equals(ZONE)) {
            throw Refusal.badRequest("The requested availability zone is not available");
        }
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                return new Placement(Optional.of(parts[i]), true);
            }
        }
        return ANYWHERE;
    }

    static Placement on(String host) {
        return new Placement(Optional.of(host), false);
    }
}
