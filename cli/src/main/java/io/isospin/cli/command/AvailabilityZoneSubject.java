package io.isospin.cli.command;

import io.isospin.core.schema.Segmentation;
import java.util.Set;

/** Availability zones, which are where agents are: they are listed, and nothing else. */
final class AvailabilityZoneSubject extends Subject {
    AvailabilityZoneSubject() {
        super(Segmentation.AVAILABILITY_ZONE);
    }

    @Override
    Set<String> verbs() {
        return Set.of("list");
    }
}
