package io.isospin.core.schema;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Types of attributes that say where networks lie, with the messages of neutron-lib's validators. */
final class SegmentationTypes {
    /** As long as the hints may be, written as JSON. */
    private static final int HINTS_LENGTH = 255;

    private static final Set<String> PROVIDER =
            Set.of("provider:network_type", "provider:physical_network", "provider:segmentation_id");

    private static final Schema SEGMENT = Schema.object()
            .key("provider:network_type", Schema.of("string").example("vlan"))
            .key("provider:physical_network", Schema.of("string").orNull())
            .key("provider:segmentation_id", Schema.integer().orNull());

    /** Names of availability zones, each once. */
    static final Type ZONE_HINTS = Type.of(Schema.listOf(Schema.of("string")).distinct(), value -> {
        if (!value.isArray()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a list");
        }
        var seen = new HashSet<JsonNode>();
        var twice = new LinkedHashSet<JsonNode>();
        for (var zone : value) {
            if (!seen.add(zone)) {
                twice.add(zone);
            }
        }
        if (!twice.isEmpty()) {
            throw new InvalidValue("Duplicate items in the list: '"
                    + twice.stream().map(PythonText::str).collect(Collectors.joining(", ")) + "'");
        }
        for (var zone : value) {
            if (!zone.isString()) {
                throw new InvalidValue("'" + PythonText.str(zone) + "' is not a valid string");
            }
        }
        if (value.toString().length() > HINTS_LENGTH) {
            throw new InvalidRequest(
                    "InvalidInput", "Invalid input for operation: Too many availability_zone_hints specified.");
        }
        return value;
    });

    /** {@code [{"provider:network_type": …, "provider:physical_network": …, "provider:segmentation_id": …}]}. */
    static final Type PROVIDER_SEGMENTS = Type.of(Schema.listOf(SEGMENT), value -> {
        var segments = JsonNodeFactory.instance.arrayNode();
        if (!value.isArray()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a list");
        }
        for (var segment : value) {
            if (!segment.isObject()) {
                throw new InvalidValue("'" + PythonText.str(segment) + "' is not a dictionary");
            }
            var unknown = segment.propertyNames().stream()
                    .filter(name -> !PROVIDER.contains(name))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new InvalidRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
            }
            segments.add(segment(segment));
        }
        return segments;
    });

    private SegmentationTypes() {}

    private static ObjectNode segment(JsonNode given) {
        var segment = JsonNodeFactory.instance.objectNode();
        for (var name : List.of("provider:network_type", "provider:physical_network")) {
            if (given.path(name).isString()) {
                segment.set(name, given.path(name));
            }
        }
        var id = given.path("provider:segmentation_id");
        boolean unset = id.isMissingNode()
                || id.isNull()
                || PythonText.str(id).equals("0")
                || id.asString("").isEmpty();
        if (!unset) {
            segment.set("provider:segmentation_id", ScalarTypes.INTEGER.convert(id));
        }
        return segment;
    }
}
