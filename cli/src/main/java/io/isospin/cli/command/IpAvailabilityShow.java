package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.output.Format;
import io.isospin.core.schema.Catalogue;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code net-ip-availability-show}: one network's addresses, the network by its id or name. */
record IpAvailabilityShow() implements Command {
    @Override
    public Grammar grammar() {
        return Grammar.of("neutron net-ip-availability-show", "Show IP usage of specific network")
                .having(Format.showOptions())
                .taking(List.of(Positional.one("network_id", "NETWORK", "ID or name of network to look up.")));
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var networking = surroundings.networking();
        String id = networking.findId(Catalogue.NETWORK, parsed.word("network_id"));
        if (!(networking.get(IpAvailabilitySubject.RESOURCE, id, new Query()) instanceof ObjectNode item)) {
            throw new Networking.Unknown("The server's answer holds no network_ip_availability.");
        }
        var printer = surroundings.printer(parsed);
        printer.one(printer.format().isTable() ? Cells.item(item, 0) : item);
    }
}
