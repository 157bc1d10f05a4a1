package io.isospin.lab.compute;

import io.isospin.lab.http.Refusal;
import java.util.Optional;

/**
 * Where an instance is wanted: {@code nova}, {@code nova:compute02}, {@code nova:compute02:compute02}, or nowhere special.
 *
 * <p>{@code nova} is the zone of hosts that no aggregate puts into another.
 *
 * @param forced whether the host is taken unseen, as one that stands in the zone is
 * @param zone empty for any
 */
public record Placement(Optional<String> host, boolean forced, Optional<String> zone) {
    public static final String ZONE = "nova";

    public static final Placement ANYWHERE = new Placement(Optional.empty(), false, Optional.empty());

    /** Reads what {@code availability_zone} says. */
    static Placement of(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw Refusal.badRequest("Unable to parse availability_zone");
        }
        Optional<String> zone = parts[0].isEmpty() ? Optional.empty() : Optional.of(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                return new Placement(Optional.of(parts[i]), true, zone);
            }
        }
        return new Placement(Optional.empty(), false, zone);
    }

    static Placement on(String host) {
        return new Placement(Optional.of(host), false, Optional.empty());
    }
}
