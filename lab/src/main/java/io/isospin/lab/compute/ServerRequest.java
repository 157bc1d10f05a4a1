package io.isospin.lab.compute;

import io.isospin.lab.http.Refusal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the body of {@code POST /servers} asks for. */
public record ServerRequest(
        String name,
        String image,
        String flavor,
        RequestedNetworks networks,
        Placement placement,
        int count,
        Map<String, String> metadata,
        List<String> tags,
        Optional<String> description,
        Optional<String> hostname,
        Optional<String> key,
        Optional<String> userData,
        boolean configDrive,
        boolean returnReservation) {
    private static final int MOST_USER_DATA = 65535;
    private static final int MOST_TAGS = 50;

    /** Reads and checks; what the lab has not got is refused, never dropped. */
    static ServerRequest read(JsonNode body, Microversion version) {
        var server = body.path("server");
        if (!server.isObject()) {
            throw Refusal.badRequest("Invalid input for field/attribute server. 'server' is a required property");
        }
        refuseUnsupported(body, server, version);
        int min = count(server, "min_count", 1);
        int max = count(server, "max_count", min);
        if (max < min) {
            throw Refusal.badRequest("min_count must be <= max_count");
        }
        String flavor = text(server, "flavorRef");
        var networks = RequestedNetworks.read(server, version);
        refuseShared(networks, max);
        return new ServerRequest(
                name(server),
                image(server),
                flavor.substring(flavor.lastIndexOf('/') + 1),
                networks,
                placement(server, version),
                max,
                metadata(server.path("metadata")),
                version.from(52) ? tags(server.path("tags")) : List.of(),
                optional(server, "description", version.from(19)),
                hostname(server, version),
                optional(server, "key_name", true),
                userData(server),
                configDrive(server),
                server.path("return_reservation_id").asBoolean(false));
    }

    private static void refuseShared(RequestedNetworks networks, int count) {
        if (count == 1 || !(networks instanceof RequestedNetworks.Listed listed)) {
            return;
        }
        for (var item : listed.items()) {
            if (item instanceof RequestedNetworks.GivenPort) {
                throw Refusal.badRequest("Unable to launch multiple instances with a single configured port ID. Please"
                        + " launch your instance one by one with different ports.");
            }
            if (item instanceof RequestedNetworks.OnNetwork net && net.address().isPresent()) {
                throw Refusal.badRequest("Invalid fixed IP and max count request. Reason: max_count cannot be greater"
                        + " than 1 if an fixed_ip is specified.");
            }
        }
    }

    private static void refuseUnsupported(JsonNode body, JsonNode server, Microversion version) {
        if (version.from(57) && !server.path("personality").isMissingNode()) {
            throw Refusal.badRequest("Invalid input for field/attribute server. Additional properties are not allowed"
                    + " ('personality' was unexpected)");
        }
        if (!server.path("personality").isEmpty()) {
            throw Refusal.badRequest("The lab injects no files; use user data or metadata.");
        }
        for (var group : server.path("security_groups")) {
            String name = group.path("name").asString("");
            if (!name.equals("default")) {
                throw Refusal.badRequest("Security group " + name + " not found for project: the lab has no"
                        + " security groups yet, they come later. Leave the group out, or name \"default\".");
            }
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
        var placement = zone.isString() ? Placement.of(zone.asString()) : Placement.ANYWHERE;
        for (var key : List.of("host", "hypervisor_hostname")) {
            if (server.path(key).isString()) {
                if (!version.from(74)) {
                    throw Refusal.badRequest("Invalid input for field/attribute server. Additional properties are not"
                            + " allowed ('" + key + "' was unexpected)");
                }
                return Placement.on(server.path(key).asString());
            }
        }
        return placement;
    }

    /** Metadata as a body has it: short texts by short names. */
    static Map<String, String> metadata(JsonNode node) {
        var metadata = new LinkedHashMap<String, String>();
        node.propertyStream().forEach(entry -> {
            String name = entry.getKey();
            if (name.isEmpty() || name.length() > 255 || !name.matches("[a-zA-Z0-9-_:. ]+")) {
                throw Refusal.badRequest("Invalid input for field/attribute metadata. Value: " + node + ". '" + name
                        + "' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'");
            }
            var value = entry.getValue();
            if (!value.isString()) {
                throw Refusal.badRequest("Invalid input for field/attribute " + name + ". Value: " + value + ". "
                        + value + " is not of type 'string'");
            }
            if (value.asString().length() > 255) {
                throw Refusal.badRequest("Invalid input for field/attribute " + name + ". Value: " + value + ". "
                        + value + " is too long");
            }
            metadata.put(name, value.asString());
        });
        return Map.copyOf(metadata);
    }

    static List<String> tags(JsonNode node) {
        var tags =
                node.valueStream().map(tag -> tag(tag.asString(""))).distinct().toList();
        if (tags.size() > MOST_TAGS) {
            throw Refusal.badRequest("The number of tags exceeded the per-server limit " + MOST_TAGS + ".");
        }
        return tags;
    }

    static String tag(String text) {
        if (text.isEmpty() || text.length() > 60 || text.contains(",") || text.contains("/")) {
            throw Refusal.badRequest("Tag '" + text + "' is invalid. It must be a non empty string without characters"
                    + " '/' and ','. Maximum number of characters is 60. Tag: " + text);
        }
        return text;
    }

    private static Optional<String> hostname(JsonNode server, Microversion version) {
        var hostname = optional(server, "hostname", version.from(90));
        hostname.filter(text -> !Hostname.valid(text)).ifPresent(text -> {
            throw Refusal.badRequest("Invalid input for field/attribute hostname. Value: " + text + ". '" + text
                    + "' is not a host's name of at most 63 characters");
        });
        return hostname;
    }

    private static Optional<String> userData(JsonNode server) {
        var data = optional(server, "user_data", true);
        data.ifPresent(text -> {
            if (text.length() > MOST_USER_DATA) {
                throw Refusal.badRequest("Invalid input for field/attribute user_data. Value: … It is too long: "
                        + text.length() + " characters in base64, of " + MOST_USER_DATA);
            }
            try {
                Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw Refusal.badRequest("Invalid input for field/attribute user_data. Value: … It is not a 'base64'");
            }
        });
        return data;
    }

    private static boolean configDrive(JsonNode server) {
        var node = server.path("config_drive");
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        return switch (node.asString("").toLowerCase(Locale.ROOT)) {
            case "true", "1", "on", "yes", "t", "y" -> true;
            case "false", "0", "off", "no", "f", "n", "" -> false;
            default ->
                throw Refusal.badRequest("Invalid input for field/attribute config_drive. Value: " + node + ". " + node
                        + " is not of type 'boolean'");
        };
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
