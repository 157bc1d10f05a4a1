package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.failure.UsageFailure;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.grammar.Reading;
import io.isospin.core.schema.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Subnet pools: prefixes as a repeated option, an address scope by its name. */
final class SubnetpoolSubject extends Subject {
    SubnetpoolSubject() {
        super(Catalogue.SUBNETPOOL, "subnetpool");
    }

    @Override
    JsonNode listed(String attribute, JsonNode value) {
        return attribute.equals("prefixes") && value.isArray()
                ? StringNode.valueOf(value.valueStream().map(JsonNode::asString).collect(Collectors.joining("\n")))
                : super.listed(attribute, value);
    }

    @Override
    List<Positional> createWords() {
        return List.of(name());
    }

    @Override
    List<Option> createOptions() {
        var options = new ArrayList<>(both());
        options.add(Option.flag("--shared", "Set the subnetpool as shared."));
        options.add(SCOPE);
        return options;
    }

    @Override
    List<Option> updateOptions() {
        var options = new ArrayList<>(both());
        options.add(NAME);
        options.add(SCOPE.insteadOf("scope"));
        options.add(Option.flag("--no-address-scope", "Detach subnetpool from the address scope.")
                .insteadOf("scope"));
        return options;
    }

    private static final Option SCOPE =
            Option.value("--address-scope", "ADDRSCOPE", "ID or name of the address scope that the pool is in.");

    private static List<Option> both() {
        return List.of(
                DESCRIPTION,
                Option.value("--min-prefixlen", "MIN_PREFIXLEN", "Subnetpool minimum prefix length.")
                        .read(Reading.INTEGER),
                Option.value("--max-prefixlen", "MAX_PREFIXLEN", "Subnetpool maximum prefix length.")
                        .read(Reading.INTEGER),
                Option.value("--default-prefixlen", "DEFAULT_PREFIXLEN", "Subnetpool default prefix length.")
                        .read(Reading.INTEGER),
                Option.list("--pool-prefix", "PREFIXES", "Subnetpool prefixes; repeatable")
                        .into("prefixes"),
                Option.value("--is-default", "{True,False}", "whether it is the default of its IP version")
                        .oneOf("True", "true", "False", "false"));
    }

    @Override
    ObjectNode create(Parsed parsed, Networking networking) {
        if (parsed.words("prefixes").isEmpty()) {
            throw new UsageFailure("the following arguments are required: --pool-prefix");
        }
        var body = update(parsed, networking);
        copy(parsed, body, "shared");
        return body;
    }

    @Override
    ObjectNode update(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        copy(
                parsed,
                body,
                "name",
                "prefixes",
                "default_prefixlen",
                "min_prefixlen",
                "max_prefixlen",
                "is_default",
                "description");
        if (parsed.flag("no_address_scope")) {
            body.putNull("address_scope_id");
        }
        parsed.text("address_scope")
                .ifPresent(scope -> body.put("address_scope_id", networking.findId(Catalogue.ADDRESS_SCOPE, scope)));
        return body;
    }
}
