package io.isospin.lab.compute;

import io.isospin.lab.http.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the body of {@code POST /servers} asks for. */
public record ServerRequest(
        String name,
        String image,
        Flavor flavor,
        RequestedNetworks networks,
        Placement placement,
        int count,
        Map<String, String> metadata,
        List<String> tags,
        Optional<String> description,
        Optional<String> hostname,
        boolean returnReservation) {

    /** Reads and checks; what the lab has not got is refused, never dropped. */
    static ServerRequest read(JsonNode body, Microversion version) {
        var server = body.path("server");
        if (!server.isObject()) {
            throw Refusal.badRequest("Invalid input for field/attribute server. 'server' is a required property");
        }
        refuseUnsupported(body, server);
        int min = count(server, "min_count", 1);
        int max = count(server, "max_count", min);
        if (max < min) {
            throw Refusal.badRequest("min_count must be <= max_count");
        }
        String flavor = text(server, "flavorRef");
        flavor = flavor.substring(flavor.lastIndexOf('/') + 1);
        String flavorId = flavor;
        var networks = RequestedNetworks.read(server, version);
        if (max > 1
                && networks instanceof RequestedNetworks.Listed listed
                && listed.items().stream()
                        .anyMatch(item -> !(item instanceof RequestedNetworks.OnNetwork net
                                && net.address().isEmpty()))) {
            throw Refusal.badRequest("Unable to launch multiple instances with a single configured port ID or fixed"
                    + " address. Please launch your instance one by one with different ports.");
        }
        return new ServerRequest(
                name(server),
                image(server),
                Flavor.find(flavorId)
                        .orElseThrow(() -> Refusal.badRequest("Flavor " + flavorId + " could not be found.")),
                networks,
                placement(server, version),
                max,
                metadata(server),
                tags(server, version),
                optional(server, "description", version.from(19)),
                optional(server, "hostname", version.from(90)),
                server.path("return_reservation_id").asBoolean(false));
    }

    private static void refuseUnsupported(JsonNode body, JsonNode server) {
        for (var group : server.path("security_groups")) {
            String name = group.path("name").asString("");
            if (!name.equals("default")) {
                throw Refusal.badRequest("Security group " + name + " not found: the lab has no security groups yet"
                        + " but \"default\". Leave the group out.");
            }
        }
        if (!server.path("key_name").isMissingNode() && !server.path("key_name").isNull()) {
            throw Refusal.badRequest("Invalid key_name provided.");
        }
        for (var device : server.path("block_device_mapping_v2")) {
            boolean image = device.path("source_type").asString("").equals("image")
                    && device.path("destination_type").asString("local").equals("local");
            if (!image) {
                throw Refusal.badRequest(
                        "Block Device Mapping is Invalid: the lab has no volumes; boot from an image.");
            }
        }
        if (!server.path("block_device_mapping").isMissingNode()) {
            throw Refusal.badRequest("Block Device Mapping is Invalid: the lab has no volumes; boot from an image.");
        }
        for (var name : List.of("os:scheduler_hints", "OS-SCH-HNT:scheduler_hints")) {
            if (!body.path(name).isEmpty()) {
                throw Refusal.badRequest("The lab's scheduler takes no hints; name a host with availability_zone ("
                        + Placement.ZONE + ":HOST).");
            }
        }
    }

    private static String name(JsonNode server) {
        String name = text(server, "name");
        String stripped = name.strip();
        if (stripped.isEmpty() || name.length() > 255) {
            throw Refusal.badRequest("Invalid input for field/attribute name. Value: " + name + ". '" + name
                    + "' is too " + (stripped.isEmpty() ? "short" : "long"));
        }
        return stripped;
    }

    private static String image(JsonNode server) {
        String image = server.path("imageRef").asString("");
        if (image.isEmpty()) {
            for (var device : server.path("block_device_mapping_v2")) {
                image = device.path("uuid").asString("");
            }
        }
        if (image.isEmpty()) {
            throw Refusal.badRequest("Invalid imageRef provided.");
        }
        return image.substring(image.lastIndexOf('/') + 1);
    }

    private static Placement placement(JsonNode server, Microversion version) {
        var zone = server.path("availability_zone");
        var placement = zone.isString() ? Placement.of(zone.asString()) : new Placement(Optional.empty());
        if (version.from(74)) {
            for (var key : List.of("host", "hypervisor_hostname")) {
                if (server.path(key).isString()) {
                    return new Placement(Optional.of(server.path(key).asString()));
                }
            }
        }
        return placement;
    }

    private static Map<String, String> metadata(JsonNode server) {
        var metadata = new LinkedHashMap<String, String>();
        server.path("metadata").propertyStream().forEach(entry -> {
            if (!entry.getValue().isString()) {
                throw Refusal.badRequest("Invalid input for field/attribute " + entry.getKey() + ". Value: "
                        + entry.getValue() + ". " + entry.getValue() + " is not of type 'string'");
            }
            metadata.put(entry.getKey(), entry.getValue().asString());
        });
        return Map.copyOf(metadata);
    }

    private static List<String> tags(JsonNode server, Microversion version) {
        return version.from(52)
                ? server.path("tags").valueStream().map(tag -> tag.asString("")).toList()
                : List.of();
    }

    private static Optional<String> optional(JsonNode server, String key, boolean known) {
        return known && server.path(key).isString()
                ? Optional.of(server.path(key).asString())
                : Optional.empty();
    }

    private static int count(JsonNode server, String key, int fallback) {
        var node = server.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        String text = node.asString("");
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw Refusal.badRequest("Invalid input for field/attribute " + key + ". Value: " + text
                    + ". It must be a number from 1 to 999.");
        }
        return Integer.parseInt(text);
    }

    private static String text(JsonNode server, String key) {
        var node = server.path(key);
        if (node.isMissingNode()) {
            throw Refusal.badRequest("Invalid input for field/attribute server. '" + key + "' is a required property");
        }
        if (!node.isString() && !node.isIntegralNumber()) {
            throw Refusal.badRequest("Invalid input for field/attribute " + key + ". Value: " + node + ". " + node
                    + " is not of type 'string'");
        }
        return node.asString();
    }
}
