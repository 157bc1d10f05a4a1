package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.http.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which networks a boot asks for. */
public sealed interface RequestedNetworks {
    /** Nothing said: the only network that the project can use, or none where it has none. */
    record Unspecified() implements RequestedNetworks {}

    /** As unspecified, but there must be one. */
    record Auto() implements RequestedNetworks {}

    record None() implements RequestedNetworks {}

    record Listed(List<Item> items) implements RequestedNetworks {}

    /** One interface to be. */
    sealed interface Item {
        /** What the guest is told that the interface is for. */
        Optional<String> tag();
    }

    /** A new port on a network, with an address of the caller's choice where there is one. */
    record OnNetwork(ResourceId network, Optional<IpAddress> address, Optional<String> tag) implements Item {}

    /** A port that the caller made. */
    record GivenPort(ResourceId port, Optional<String> tag) implements Item {}

    static RequestedNetworks read(JsonNode server, Microversion version) {
        var networks = server.path("networks");
        if (networks.isMissingNode() || networks.isNull()) {
            if (version.from(37)) {
                throw Refusal.badRequest("Invalid input for field/attribute server. 'networks' is a required property");
            }
            return new Unspecified();
        }
        if (networks.isString() && version.from(37)) {
            return switch (networks.asString()) {
                case "auto" -> new Auto();
                case "none" -> new None();
                default -> throw invalid(networks, "is not valid under any of the given schemas");
            };
        }
        if (!networks.isArray()) {
            throw invalid(networks, "is not of type 'array'");
        }
        var items = new ArrayList<Item>();
        var ports = new HashSet<ResourceId>();
        for (var network : networks) {
            var item = item(network, version);
            if (item instanceof GivenPort given && !ports.add(given.port())) {
                throw Refusal.badRequest("Port ID " + given.port() + " was given more than once.");
            }
            items.add(item);
        }
        return items.isEmpty() ? new Unspecified() : new Listed(List.copyOf(items));
    }

    private static Item item(JsonNode network, Microversion version) {
        if (!network.isObject()) {
            throw invalid(network, "is not of type 'object'");
        }
        var tag = tag(network, version.deviceTags());
        var port = network.path("port");
        if (port.isString()) {
            if (network.path("fixed_ip").isString()) {
                throw Refusal.badRequest(
                        "Specified Fixed IP '" + network.path("fixed_ip").asString()
                                + "' cannot be used with port '" + port.asString()
                                + "': the two cannot be specified together.");
            }
            return new GivenPort(id(port), tag);
        }
        if (!network.path("uuid").isString()) {
            throw Refusal.badRequest("Bad networks format: network uuid is not in proper format ("
                    + network.path("uuid").asString("None") + ")");
        }
        var address = network.path("fixed_ip");
        if (address.isString() && !IpAddress.isAddress(address.asString())) {
            throw Refusal.badRequest("Invalid input for field/attribute fixed_ip. Value: " + address.asString() + ". '"
                    + address.asString() + "' is not a 'ip-or-host'");
        }
        return new OnNetwork(
                id(network.path("uuid")),
                address.isString() ? Optional.of(IpAddress.parse(address.asString())) : Optional.empty(),
                tag);
    }

    /** The tag of a device, in the versions that know it; refused where it is none, as in Nova. */
    static Optional<String> tag(JsonNode node, boolean known) {
        var tag = node.path("tag");
        if (tag.isMissingNode() || tag.isNull()) {
            return Optional.empty();
        }
        if (!known) {
            throw Refusal.badRequest("Invalid input for field/attribute 0. Value: " + node
                    + ". Additional properties are not allowed ('tag' was unexpected)");
        }
        String text = tag.asString("");
        if (text.isEmpty() || text.length() > 60 || text.contains(",") || text.contains("/")) {
            throw Refusal.badRequest("Invalid input for field/attribute tag. Value: " + text + ". '" + text
                    + "' does not match '^[^,/]*$', or has not 1 to 60 characters");
        }
        return Optional.of(text);
    }

    private static ResourceId id(JsonNode text) {
        try {
            return new ResourceId(text.asString());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(
                    "Bad networks format: network uuid is not in proper format (" + text.asString() + ")");
        }
    }

    private static Refusal invalid(JsonNode value, String why) {
        return Refusal.badRequest(
                "Invalid input for field/attribute networks. Value: " + value + ". " + value + " " + why);
    }
}
