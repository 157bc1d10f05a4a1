package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.api.Refused;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.output.Format;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code net-show}: one item by id or name. */
record ShowVerb(Subject subject) implements Command {

    @Override
    public Grammar grammar() {
        String member = subject.resource().member();
        return Grammar.of("neutron " + subject.word() + "-show", "Show information of a given " + member + ".")
                .having(Format.showOptions())
                .having(List.of(ListVerb.DETAILS, ListVerb.FIELD))
                .taking(List.of(Positional.one(
                        "id",
                        subject.metavar(),
                        (subject.hasNames() ? "ID or name of " : "ID of ") + member + " to look up.")));
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var printer = surroundings.printer(parsed);
        var item = item(parsed, surroundings.networking());
        printer.one(printer.format().isTable() ? Cells.item(item, subject.indent()) : item);
    }

    private ObjectNode item(Parsed parsed, Networking networking) {
        String which = parsed.word("id");
        var fields = parsed.words("fields");
        if (!subject.hasNames()) {
            return object(networking.get(subject.resource(), which, new Query().with("fields", fields)));
        }
        if (Networking.isId(which)) {
            try {
                return object(networking.get(subject.resource(), which, new Query().with("fields", fields)));
            } catch (Refused e) {
                if (e.code() != 404) {
                    throw e;
                }
            }
        }
        // The answer to the search has all there is to show: no second request.
        return networking.findByName(subject.resource(), which, fields);
    }

    private ObjectNode object(JsonNode item) {
        if (item instanceof ObjectNode object) {
            return object;
        }
        throw new Networking.Unknown(
                "The server's answer holds no " + subject.resource().member() + ".");
    }
}
