package io.isospin.server.network;

import io.isospin.core.net.Segment;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which segments a host has a way to, by what its Linux bridge agent reports. */
public final class Reach {
    private Reach() {}

    /** The segment over which a host joins a network: the first that it reaches. */
    public static Optional<Segment> first(JsonNode configurations, List<Segment> segments) {
        return segments.stream()
                .filter(segment -> reaches(configurations, segment))
                .findFirst();
    }

    public static boolean reaches(JsonNode configurations, Segment segment) {
        return switch (segment) {
            case Segment.Flat(var physical) -> maps(configurations, physical);
            case Segment.Vlan(var physical, var vlan) -> maps(configurations, physical);
            case Segment.Vxlan vxlan -> configurations.path("tunneling_ip").isString();
        };
    }

    private static boolean maps(JsonNode configurations, String physical) {
        return configurations.path("bridge_mappings").has(physical);
    }
}
