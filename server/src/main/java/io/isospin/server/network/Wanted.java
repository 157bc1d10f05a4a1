package io.isospin.server.network;

import io.isospin.core.schema.PythonText;
import io.isospin.server.api.BadRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A segment as a client asks for it; what it leaves open is chosen. */
record Wanted(
        @Nullable String type,
        @Nullable String physical,
        @Nullable Integer id) {
    private static final String PREFIX = "provider:";

    /** What a network asks for: one segment by its provider attributes, or a list; nothing leaves it to the server. */
    static List<Wanted> of(ObjectNode network) {
        var list = network.path("segments");
        boolean provider = Stream.of("network_type", "physical_network", "segmentation_id")
                .map(key -> network.path(PREFIX + key))
                .anyMatch(value -> !value.isMissingNode());
        if (provider) {
            if (list.isArray()) {
                throw new BadRequest(
                        "SegmentsSetInConjunctionWithProviders", "Segments and provider values cannot both be set.");
            }
            return List.of(of(network, PREFIX));
        }
        var wanted = list.valueStream().map(one -> of(one, PREFIX)).toList();
        refuseDuplicates(wanted);
        return wanted;
    }

    static Wanted of(JsonNode from, String prefix) {
        return new Wanted(
                given(from, prefix + "network_type"),
                given(from, prefix + "physical_network"),
                number(from.path(prefix + "segmentation_id")));
    }

    private static void refuseDuplicates(List<Wanted> wanted) {
        var seen = new HashSet<Wanted>();
        var complete = new ArrayList<>(wanted);
        complete.removeIf(one -> one.id() == null && !"flat".equals(one.type()));
        for (var one : complete) {
            if (!seen.add(one)) {
                throw new BadRequest("SegmentsContainDuplicateEntry", "Duplicate segment entry in request.");
            }
        }
    }

    private static @Nullable String given(JsonNode from, String name) {
        String value = from.path(name).asString("");
        return value.isEmpty() ? null : value;
    }

    private static @Nullable Integer number(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isInt()) {
            throw BadRequest.input("segmentation_id '" + PythonText.str(value) + "' is not a number");
        }
        return value.intValue();
    }
}
