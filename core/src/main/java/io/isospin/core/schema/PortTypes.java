package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.oneOf;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Types of attributes that ports and their bindings have, with the messages of neutron-lib's validators. */
final class PortTypes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int OPTION_NAME = 64;
    private static final int OPTION_VALUE = 255;
    /** Options that mean something without a value: that there is none. */
    private static final Set<String> BLANK = Set.of("router", "classless-static-route");

    private static final Set<String> OPTION = Set.of("opt_name", "opt_value", "ip_version");
    private static final Type IP_VERSION = ScalarTypes.oneOfIntegers(4, 6);

    /** How an instance's interface is made. */
    static final Type VNIC = oneOf(
            "normal",
            "direct",
            "macvtap",
            "baremetal",
            "direct-physical",
            "virtio-forwarder",
            "smart-nic",
            "vdpa",
            "accelerator-direct",
            "accelerator-direct-physical",
            "remote-managed");

    /** What somebody who watches the data plane says of a port. */
    static final Type DATA_PLANE_STATUS = oneOf("ACTIVE", "DOWN").orNull();

    /** {@code [{"ip_address": address or CIDR, "mac_address": MAC}]}; the MAC may be left out. */
    static final Type ADDRESS_PAIRS = Type.of(
            Schema.listOf(pair(ScalarTypes.MAC.schema())).distinct(),
            Schema.listOf(pair(ScalarTypes.MAC.accepted())).distinct().orNull(),
            value -> {
                var pairs = JSON.arrayNode();
                if (value.isNull()) {
                    return pairs;
                }
                if (!value.isArray()) {
                    throw new InvalidRequest("Allowed address pairs must be a list.");
                }
                var seen = new HashSet<JsonNode>();
                for (var pair : value) {
                    var converted = addressPair(pair);
                    if (!seen.add(converted)) {
                        throw new InvalidRequest(
                                "DuplicateAddressPairInRequest",
                                "Request contains duplicate address pair: mac_address "
                                        + converted.path("mac_address").asString("None") + " ip_address "
                                        + converted.path("ip_address").asString() + ".");
                    }
                    pairs.add(converted);
                }
                return pairs;
            });

    /** {@code [{"opt_name": name, "opt_value": text or null, "ip_version": 4 or 6}]}; null takes the option away. */
    static final Type EXTRA_DHCP_OPTIONS = Type.of(
            Schema.listOf(option(IP_VERSION.schema())).distinct(),
            Schema.listOf(option(IP_VERSION.accepted())).distinct().orNull(),
            value -> {
                var options = JSON.arrayNode();
                if (value.isNull()) {
                    return options;
                }
                if (!value.isArray()) {
                    throw refused("'" + PythonText.str(value) + "' is not a list");
                }
                var seen = new HashSet<JsonNode>();
                for (var option : value) {
                    if (!seen.add(option)) {
                        throw refused("Duplicate items in the list: '" + PythonText.str(option) + "'");
                    }
                }
                for (var option : value) {
                    if (!isOption(option)) {
                        throw refused("No valid key specs matched for: " + PythonText.str(option));
                    }
                    var converted = (ObjectNode) option.deepCopy();
                    if (option.has("ip_version")) {
                        converted.set("ip_version", IP_VERSION.convert(option.path("ip_version")));
                    }
                    options.add(converted);
                }
                return options;
            });

    private PortTypes() {}

    private static Schema pair(Schema mac) {
        return Schema.object()
                .key("mac_address", mac)
                .mustKey("ip_address", Schema.anyOf(ScalarTypes.ADDRESS.schema(), ScalarTypes.PREFIX.schema()));
    }

    private static Schema option(Schema version) {
        return Schema.object()
                .mustKey(
                        "opt_name",
                        Schema.text(OPTION_NAME)
                                .with("pattern", "^[^\\r\\n]*[^\\s][^\\r\\n]*$")
                                .example("bootfile-name"))
                .mustKey(
                        "opt_value",
                        Schema.text(OPTION_VALUE)
                                .with("pattern", "^[^\\r\\n]*$")
                                .example("pxelinux.0")
                                .orNull())
                .key("ip_version", version);
    }

    private static ObjectNode addressPair(JsonNode pair) {
        if (!pair.isObject()) {
            throw new InvalidValue("'" + PythonText.str(pair) + "' is not a dictionary");
        }
        var converted = JSON.objectNode();
        if (pair.has("mac_address")) {
            converted.set("mac_address", bare(ScalarTypes.MAC, pair.path("mac_address")));
        }
        if (!pair.has("ip_address")) {
            throw new InvalidRequest("AllowedAddressPairsMissingIP", "AllowedAddressPair must contain ip_address");
        }
        var unknown = pair.propertyNames().stream()
                .filter(name -> !name.equals("mac_address") && !name.equals("ip_address"))
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new InvalidRequest("Unrecognized attribute(s) '" + unknown + "'");
        }
        var address = pair.path("ip_address");
        boolean prefix = address.asString("").indexOf('/') >= 0;
        converted.set("ip_address", bare(prefix ? ScalarTypes.PREFIX : ScalarTypes.ADDRESS, address));
        return converted;
    }

    /** What is wrong with a value inside is said without naming the attribute around it. */
    private static JsonNode bare(Type type, JsonNode value) {
        try {
            return type.convert(value);
        } catch (InvalidValue e) {
            throw new InvalidRequest(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOption(JsonNode option) {
        if (!option.isObject()
                || !option.has("opt_name")
                || !option.has("opt_value")
                || !OPTION.containsAll(option.propertyNames())) {
            return false;
        }
        var value = option.path("opt_value");
        String name = option.path("opt_name").asString("");
        boolean named = isLine(option.path("opt_name"), OPTION_NAME);
        boolean valued = value.isNull()
                || isLine(value, OPTION_VALUE)
                || (BLANK.contains(name)
                        && value.isString()
                        && value.stringValue().isEmpty());
        return named && valued && isVersion(option.path("ip_version"));
    }

    /** One line of text that is not blank: more would end up as lines of the DHCP server's own files. */
    private static boolean isLine(JsonNode value, int limit) {
        return value.isString()
                && !value.stringValue().isBlank()
                && value.stringValue().length() <= limit
                && value.stringValue().lines().count() == 1
                && value.stringValue().chars().noneMatch(letter -> letter == '\n' || letter == '\r');
    }

    private static boolean isVersion(JsonNode value) {
        try {
            return value.isMissingNode() || !IP_VERSION.convert(value).isNull();
        } catch (InvalidValue e) {
            return false; // which makes it no option
        }
    }

    private static InvalidRequest refused(String why) {
        return new InvalidRequest("InvalidInput", "Invalid input for operation: " + why + ".");
    }
}
