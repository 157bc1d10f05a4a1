package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.FreeAttributes;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code net-update}. */
record UpdateVerb(Subject subject) implements Command {

    @Override
    public Grammar grammar() {
        String member = subject.resource().member();
        return Grammar.of("neutron " + subject.word() + "-update", "Update the information of a " + member + ".")
                .having(subject.updateOptions())
                .taking(List.of(Positional.one(
                        "id",
                        subject.metavar(),
                        (subject.hasNames() ? "ID or name of " : "ID of ") + member + " to update.")));
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var resource = subject.resource();
        var networking = surroundings.networking();
        // Free attributes first: they may join the lists that options give.
        var free = FreeAttributes.of(parsed);
        var changes = subject.update(parsed, networking);
        changes.setAll(free);
        if (changes.isEmpty()) {
            throw new Failure("Must specify new values to update " + resource.member());
        }
        String which = parsed.word("id");
        if (subject.hasNames()) {
            networking.with(resource, which, id -> put(networking, id, changes));
        } else if (Networking.isId(which)) {
            put(networking, which, changes);
        } else {
            throw new Networking.Unknown("Unable to find " + resource.member() + " with id '" + which + "'");
        }
        surroundings.out().println("Updated " + resource.member() + ": " + which);
    }

    private boolean put(Networking networking, String id, ObjectNode changes) {
        var resource = subject.resource();
        networking.send(
                "PUT",
                "/" + resource.path() + "/" + Networking.segment(id),
                CreateVerb.body(resource.member(), changes));
        return true;
    }
}
