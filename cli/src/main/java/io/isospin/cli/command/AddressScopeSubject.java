package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.core.schema.Catalogue;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Address scopes: {@code address-scope-create NAME IP_VERSION}. */
final class AddressScopeSubject extends Subject {
    AddressScopeSubject() {
        super(Catalogue.ADDRESS_SCOPE, "address-scope");
    }

    @Override
    List<Positional> createWords() {
        return List.of(name(), Positional.one("ip_version", "IP_VERSION", "4 or 6, the version of its addresses."));
    }

    @Override
    List<Option> createOptions() {
        return List.of(Option.flag("--shared", "Set the address scope as shared."));
    }

    @Override
    List<Option> updateOptions() {
        return List.of(
                NAME,
                Option.value("--shared", "{True,False}", "Set sharing of address scope.")
                        .oneOf("True", "true", "False", "false"));
    }

    @Override
    ObjectNode create(Parsed parsed, Networking networking) {
        var body = update(parsed, networking);
        copy(parsed, body, "ip_version");
        return body;
    }

    @Override
    ObjectNode update(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        copy(parsed, body, "name", "shared");
        return body;
    }
}
