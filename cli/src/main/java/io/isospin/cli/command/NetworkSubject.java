package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Option.Kind;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.grammar.Reading;
import io.isospin.core.schema.Catalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Networks: provider attributes, and lists that show each subnet with its prefix. */
final class NetworkSubject extends Subject {
    /** Ids that fit in one address: servers take 8 kB, and {@code id=} with an id takes 40 bytes. */
    private static final int AT_ONCE = 180;

    NetworkSubject() {
        super(Catalogue.NETWORK, "net");
    }

    @Override
    List<Positional> createWords() {
        return List.of(name());
    }

    @Override
    List<Option> filters() {
        return List.of(
                Option.value("--tenant-id", "TENANT_ID", "Filter networks belonging to the given tenant."),
                Option.value("--name", "NAME", "Filter networks according to their name."),
                choice("--admin-state-up", "Filter and list the networks whose administrative state is active"),
                Option.value("--status", "STATUS", "Filter networks according to their operation status.")
                        .read(Reading.UPPERCASE),
                choice("--shared", "Filter and list the networks which are shared."),
                choice("--router:external", "Filter and list the networks which are external."),
                Option.value("--tags", "TAG", "those which have all given tags, TAG[,TAG...]"),
                Option.value("--tags-any", "TAG", "those which have any given tags, TAG[,TAG...]"),
                Option.value("--not-tags", "TAG", "those which lack one of the given tags, TAG[,TAG...]"),
                Option.value("--not-tags-any", "TAG", "those which have none of the given tags, TAG[,TAG...]"));
    }

    private static Option choice(String name, String help) {
        return Option.value(name, "{True,False}", help).oneOf("True", "true", "False", "false");
    }

    @Override
    List<Option> createOptions() {
        return List.of(
                Option.flag("--admin-state-down", "Set admin state up to false.")
                        .with(Kind.NO)
                        .into("admin_state_up")
                        .also("--admin_state_down"),
                Option.flag("--shared", "Set the network as shared."),
                Option.value("--provider:network_type", "<network_type>", "flat, vlan or vxlan"),
                Option.value(
                        "--provider:physical_network",
                        "<physical_network_name>",
                        "the physical network that carries it, as the agents' mappings name it"),
                Option.value("--provider:segmentation_id", "<segmentation_id>", "its VLAN ID or VNI"),
                choice("--vlan-transparent", "Create a VLAN transparent network."),
                DESCRIPTION,
                Option.list("--availability-zone-hint", "AVAILABILITY_ZONE", "where its DHCP should be; repeatable")
                        .into("availability_zone_hints"));
    }

    @Override
    ObjectNode create(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("admin_state_up", parsed.value("admin_state_up").isEmpty());
        copy(
                parsed,
                body,
                "name",
                "description",
                "shared",
                "vlan_transparent",
                "provider:network_type",
                "provider:physical_network",
                "provider:segmentation_id",
                "availability_zone_hints");
        return body;
    }

    /** Puts each subnet's prefix beside its id, asking for all of them at once. */
    @Override
    void extend(ArrayNode items, Parsed parsed, Networking networking) {
        var ids = new ArrayList<String>();
        items.forEach(item -> item.path("subnets").forEach(id -> ids.add(id.asString())));
        var found = new HashMap<String, JsonNode>();
        for (int i = 0; i < ids.size(); i += AT_ONCE) {
            var query = new Query()
                    .with("fields", List.of("id", "cidr"))
                    .with("id", ids.subList(i, Math.min(ids.size(), i + AT_ONCE)));
            networking
                    .list(Catalogue.SUBNET, query)
                    .forEach(subnet -> found.put(subnet.path("id").asString(), subnet));
        }
        for (var item : items) {
            if (item instanceof ObjectNode network && network.has("subnets")) {
                var subnets = JsonNodeFactory.instance.arrayNode();
                for (var id : network.path("subnets")) {
                    subnets.add(found.getOrDefault(
                            id.asString(), JsonNodeFactory.instance.objectNode().set("id", id)));
                }
                network.set("subnets", subnets);
            }
        }
    }

    @Override
    JsonNode listed(String attribute, JsonNode value) {
        if (!attribute.equals("subnets")) {
            return super.listed(attribute, value);
        }
        return StringNode.valueOf(value.valueStream()
                .map(subnet ->
                        subnet.path("id").asString() + " " + subnet.path("cidr").asString(""))
                .collect(Collectors.joining("\n")));
    }
}
