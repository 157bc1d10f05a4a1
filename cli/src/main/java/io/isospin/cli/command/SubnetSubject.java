package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.grammar.Reading;
import io.isospin.core.net.IpAddress;
import io.isospin.core.schema.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Subnets: {@code subnet-create NETWORK CIDR}, pools, routes and name servers as repeated options. */
final class SubnetSubject extends Subject {
    SubnetSubject() {
        super(Catalogue.SUBNET, "subnet");
    }

    @Override
    JsonNode listed(String attribute, JsonNode value) {
        return switch (attribute) {
            case "allocation_pools", "dns_nameservers", "host_routes" -> Cells.jsonLines(value);
            default -> super.listed(attribute, value);
        };
    }

    @Override
    List<Positional> createWords() {
        return List.of(
                Positional.one("network_id", "NETWORK", "Network ID or name this subnet belongs to."),
                new Positional("cidr", "CIDR", Positional.Count.OPTIONAL, "CIDR of subnet to create."));
    }

    @Override
    List<Option> createOptions() {
        var options = new ArrayList<>(updateOptions());
        options.add(Option.value("--ip-version", "{4,6}", "IP version to use, default is 4.")
                .oneOf("4", "6")
                .read(Reading.INTEGER));
        for (var mode : List.of("ra", "address")) {
            options.add(Option.value(
                            "--ipv6-" + mode + "-mode",
                            "",
                            "how instances learn their IPv6 " + (mode.equals("ra") ? "routers" : "addresses"))
                    .oneOf("dhcpv6-stateful", "dhcpv6-stateless", "slaac")
                    .read(Reading.LOWERCASE));
        }
        options.add(Option.value("--subnetpool", "SUBNETPOOL", "ID or name of the subnet pool to take the CIDR from"));
        options.add(Option.flag("--use-default-subnetpool", "take the CIDR from the default pool of the IP version"));
        options.add(Option.value("--prefixlen", "PREFIX_LENGTH", "how long a prefix to take from the pool"));
        return options;
    }

    @Override
    List<Option> updateOptions() {
        return List.of(
                NAME,
                DESCRIPTION,
                Option.value("--gateway", "GATEWAY_IP", "Gateway IP of this subnet.")
                        .insteadOf("gateway"),
                Option.flag("--no-gateway", "Do not configure a gateway for this subnet.")
                        .insteadOf("gateway"),
                Option.list(
                                "--allocation-pool",
                                "start=IP_ADDR,end=IP_ADDR",
                                "a range of addresses to give out; repeatable")
                        .into("allocation_pools")
                        .read(Reading.pairs(Set.of("start", "end"), Set.of())),
                Option.list("--host-route", "destination=CIDR,nexthop=IP_ADDR", "Additional route; repeatable")
                        .into("host_routes")
                        .read(Reading.pairs(Set.of("destination", "nexthop"), Set.of())),
                Option.list("--dns-nameserver", "DNS_NAMESERVER", "DNS name server for this subnet; repeatable")
                        .into("dns_nameservers"),
                Option.flag("--disable-dhcp", "Disable DHCP for this subnet.").also("--enable-dhcp=False"),
                Option.flag("--enable-dhcp", "Enable DHCP for this subnet.").also("--enable-dhcp=True"));
    }

    @Override
    ObjectNode create(Parsed parsed, Networking networking) {
        int version = parsed.number("ip_version", 4);
        for (var mode : List.of("ipv6_ra_mode", "ipv6_address_mode")) {
            if (version == 4 && parsed.value(mode).isPresent()) {
                throw new Failure("--" + mode.replace('_', '-') + " is invalid when --ip-version is 4");
            }
        }
        // A CIDR that stands apart from the network, behind options, is among the unknown words.
        var cidr = parsed.text("cidr")
                .or(() -> parsed.rest().stream()
                        .filter(SubnetSubject::isPrefix)
                        .findFirst()
                        .filter(word -> parsed.rest().remove(word)));
        var body = update(parsed, networking);
        body.put("network_id", networking.findId(Catalogue.NETWORK, parsed.word("network_id")));
        cidr.ifPresent(prefix -> body.put("cidr", prefix));
        copy(parsed, body, "ipv6_ra_mode", "ipv6_address_mode", "prefixlen", "use_default_subnetpool");
        parsed.text("subnetpool").ifPresent(pool -> {
            if (pool.equals("None")) {
                body.putNull("subnetpool_id");
            } else {
                body.put("subnetpool_id", networking.findId(Catalogue.SUBNETPOOL, pool));
            }
        });
        return body.put("ip_version", version);
    }

    @Override
    ObjectNode update(Parsed parsed, Networking networking) {
        if (parsed.flag("disable_dhcp") && parsed.flag("enable_dhcp")) {
            throw new Failure("You cannot enable and disable DHCP at the same time.");
        }
        var body = JsonNodeFactory.instance.objectNode();
        copy(parsed, body, "name", "allocation_pools", "host_routes", "dns_nameservers", "description");
        if (parsed.flag("no_gateway")) {
            body.putNull("gateway_ip");
        }
        parsed.text("gateway").ifPresent(gateway -> body.put("gateway_ip", gateway));
        if (parsed.flag("disable_dhcp") || parsed.flag("enable_dhcp")) {
            body.put("enable_dhcp", parsed.flag("enable_dhcp"));
        }
        return body;
    }

    private static boolean isPrefix(String word) {
        int slash = word.indexOf('/');
        return slash > 0
                && IpAddress.isAddress(word.substring(0, slash))
                && word.substring(slash + 1).matches("\\d{1,3}");
    }
}
