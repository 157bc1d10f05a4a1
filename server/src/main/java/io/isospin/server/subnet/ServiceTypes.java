package io.isospin.server.subnet;

import io.isospin.core.schema.PythonText;
import io.isospin.server.api.BadRequest;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which ports a subnet has addresses for, by their device owner; with no types, for all. */
final class ServiceTypes {
    /** {@code compute} stands for each of its letters too, since Neutron takes the word for a list of prefixes. */
    private static final List<String> PREFIXES =
            List.of("network:", "neutron:", "compute:", "baremetal:", "c", "o", "m", "p", "u", "t", "e", ":");

    private ServiceTypes() {}

    /** Puts them into their one form, each once. */
    static void settle(ObjectNode values) {
        var given = values.path("service_types");
        if (given.isMissingNode()) {
            return;
        }
        if (!given.isArray() && !given.isNull()) {
            throw BadRequest.http("Subnet service types must be a list.");
        }
        var types = new LinkedHashSet<String>();
        given.forEach(type -> types.add(checked(type)));
        var list = JsonNodeFactory.instance.arrayNode();
        types.forEach(list::add);
        values.set("service_types", list);
    }

    private static String checked(JsonNode type) {
        if (!type.isString()) {
            throw new BadRequest(
                    "InvalidInputSubnetServiceType",
                    "Subnet service type " + PythonText.str(type) + " is not a string.");
        }
        String text = type.stringValue();
        if (PREFIXES.stream().noneMatch(text::startsWith)) {
            throw new BadRequest(
                    "InvalidSubnetServiceType",
                    "Subnet service type " + text + " does not correspond to a valid device owner.");
        }
        return text;
    }
}
