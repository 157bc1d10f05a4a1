package io.isospin.server.network;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import java.util.List;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A network's document, read with types. */
public record Network(ObjectNode document) {
    private static final String SEGMENTS = "segments";
    private static final String PREFIX = "provider:";

    public ResourceId id() {
        return new ResourceId(text(document, "id"));
    }

    public String project() {
        return text(document, "project_id");
    }

    public int mtu() {
        return document.path("mtu").asInt();
    }

    public boolean adminUp() {
        return flag(document, "admin_state_up");
    }

    /** In the order in which a host looks for one that it reaches. */
    public List<Segment> segments() {
        if (document.has(SEGMENTS)) {
            return document.path(SEGMENTS)
                    .valueStream()
                    .map(one -> NetworkSegment.read(one, PREFIX))
                    .toList();
        }
        return document.path("provider:network_type").isString()
                ? List.of(NetworkSegment.read(document, PREFIX))
                : List.of();
    }

    /** One segment is told by the provider attributes, several by a list in their place. */
    static void write(ObjectNode values, List<Segment> segments) {
        values.remove(SEGMENTS);
        NetworkSegment.KEYS.forEach(key -> values.remove(PREFIX + key));
        switch (segments.size()) {
            case 0 -> NetworkSegment.KEYS.forEach(key -> values.set(PREFIX + key, NullNode.instance));
            case 1 -> NetworkSegment.with(values, PREFIX, segments.getFirst());
            default -> {
                var list = values.putArray(SEGMENTS);
                segments.forEach(segment -> NetworkSegment.with(list.addObject(), PREFIX, segment));
            }
        }
    }
}
