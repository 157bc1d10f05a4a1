package io.isospin.cli.command;

import io.isospin.cli.api.Json;
import io.isospin.cli.api.Networking;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Option.Kind;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.grammar.Reading;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Ports: fixed addresses with subnets by name, address pairs and DHCP options as repeated options. */
final class PortSubject extends Subject {
    private static final Resource SECURITY_GROUP = Resource.of("security_group", "security_groups", false, List.of());

    PortSubject() {
        super(Catalogue.PORT, "port");
    }

    @Override
    JsonNode listed(String attribute, JsonNode value) {
        return attribute.equals("fixed_ips") ? Cells.jsonLines(value) : super.listed(attribute, value);
    }

    @Override
    List<String> columns() {
        // The status is in the table of attributes for others; the original's list has it not.
        return super.columns().stream().filter(name -> !name.equals("status")).toList();
    }

    @Override
    List<Positional> createWords() {
        return List.of(Positional.one("network_id", "NETWORK", "ID or name of the network this port belongs to."));
    }

    @Override
    List<Option> createOptions() {
        var options = new ArrayList<>(common());
        options.add(Option.flag("--admin-state-down", "Set admin state up to false.")
                .with(Kind.NO)
                .into("admin_state")
                .also("--admin_state_down"));
        options.add(Option.value("--mac-address", "MAC_ADDRESS", "MAC address of this port."));
        options.add(Option.value(
                        "--vnic-type",
                        "<direct | direct-physical | macvtap | normal | baremetal | smart-nic>",
                        "VNIC type for this port.")
                .oneOf("direct", "direct-physical", "macvtap", "normal", "baremetal", "smart-nic")
                .read(Reading.LOWERCASE));
        options.add(Option.value("--binding-profile", "BINDING_PROFILE", "binding:profile, as JSON"));
        return options;
    }

    @Override
    List<Option> updateOptions() {
        var options = new ArrayList<>(common());
        options.add(Option.value("--admin-state-up", "{True,False}", "Set admin state up for the port.")
                .oneOf("True", "False"));
        return options;
    }

    private static List<Option> common() {
        return List.of(
                NAME,
                DESCRIPTION,
                Option.list(
                                "--fixed-ip",
                                "subnet_id=SUBNET,ip_address=IP_ADDR",
                                "an address, or a subnet to take one from; repeatable")
                        .read(Reading.pairs(Set.of(), Set.of("subnet_id", "ip_address"))),
                Option.value("--device-id", "DEVICE_ID", "Device ID of this port."),
                Option.value("--device-owner", "DEVICE_OWNER", "Device owner of this port."),
                Option.list("--security-group", "SECURITY_GROUP", "ID or name of a security group; repeatable")
                        .into("security_groups")
                        .insteadOf("groups"),
                Option.flag("--no-security-groups", "no security groups").insteadOf("groups"),
                Option.list(
                                "--extra-dhcp-opt",
                                "opt_name=NAME,opt_value=VALUE,ip_version={4,6}",
                                "DHCP option to hand out; repeatable")
                        .into("extra_dhcp_opts")
                        .read(Reading.pairs(Set.of("opt_name"), Set.of("opt_value", "ip_version"))),
                Option.list(
                                "--allowed-address-pair",
                                "ip_address=IP_ADDR|CIDR[,mac_address=MAC_ADDR]",
                                "an address that may be used too; repeatable")
                        .into("allowed_address_pairs")
                        .read(Reading.pairs(Set.of("ip_address"), Set.of("mac_address")))
                        .insteadOf("pairs"),
                Option.flag("--no-allowed-address-pairs", "no allowed address pairs")
                        .insteadOf("pairs"));
    }

    @Override
    ObjectNode create(Parsed parsed, Networking networking) {
        var network = networking.findId(Catalogue.NETWORK, parsed.word("network_id"));
        var body = given(parsed, networking);
        body.put("network_id", network);
        body.put("admin_state_up", parsed.value("admin_state").isEmpty());
        copy(parsed, body, "mac_address");
        parsed.text("vnic_type").ifPresent(type -> body.put("binding:vnic_type", type));
        parsed.text("binding_profile").ifPresent(json -> body.set("binding:profile", profile(json)));
        return body;
    }

    @Override
    ObjectNode update(Parsed parsed, Networking networking) {
        var body = given(parsed, networking);
        copy(parsed, body, "admin_state_up");
        return body;
    }

    private static ObjectNode given(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        copy(parsed, body, "device_id", "device_owner", "name", "description", "allowed_address_pairs");
        if (parsed.flag("no_allowed_address_pairs")) {
            body.putArray("allowed_address_pairs");
        }
        parsed.value("fixed_ip").ifPresent(ips -> {
            ips.forEach(ip -> subnetById((ObjectNode) ip, networking));
            body.set("fixed_ips", ips);
        });
        parsed.value("extra_dhcp_opts").ifPresent(options -> {
            options.forEach(option -> dhcpOption((ObjectNode) option));
            body.set("extra_dhcp_opts", options);
        });
        if (parsed.flag("no_security_groups")) {
            body.putArray("security_groups");
        } else if (parsed.value("security_groups").isPresent()) {
            var groups = body.putArray("security_groups");
            parsed.words("security_groups").forEach(group -> groups.add(networking.findId(SECURITY_GROUP, group)));
        }
        return body;
    }

    private static void subnetById(ObjectNode ip, Networking networking) {
        if (ip.has("subnet_id")) {
            ip.put(
                    "subnet_id",
                    networking.findId(Catalogue.SUBNET, ip.path("subnet_id").asString()));
        }
    }

    /** The value {@code null} takes an option away. */
    private static void dhcpOption(ObjectNode option) {
        if (!option.has("opt_value") && !option.has("ip_version")) {
            throw new Failure("Invalid --extra-dhcp-opt option, can only be: "
                    + "opt_name=<dhcp_option_name>,opt_value=<value>,ip_version={4,6}. You can repeat this option.");
        }
        if (option.path("opt_value").asString("").equals("null")) {
            option.putNull("opt_value");
        }
    }

    private static JsonNode profile(String json) {
        try {
            return Json.read(json);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "The value of --binding-profile is " + e.getMessage() + ". Write it like '{\"key\": \"value\"}'.");
        }
    }
}
