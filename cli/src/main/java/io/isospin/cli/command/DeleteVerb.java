package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Refused;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import java.util.ArrayList;
import java.util.List;

/** {@code net-delete}, of one or several. One that is not there does not keep the others. */
record DeleteVerb(Subject subject) implements Command {

    @Override
    public Grammar grammar() {
        String member = subject.resource().member();
        return Grammar.of("neutron " + subject.word() + "-delete", "Delete a given " + member + ".")
                .taking(List.of(new Positional(
                        "id",
                        subject.metavar(),
                        Positional.Count.SOME,
                        (subject.hasNames() ? "ID(s) or name(s) of " : "ID(s) of ") + member + " to delete.")));
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        String member = subject.resource().member();
        var deleted = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        var ambiguous = new ArrayList<String>();
        try {
            for (var which : parsed.words("id")) {
                try {
                    delete(surroundings.networking(), which);
                    deleted.add(which);
                } catch (Networking.Unknown e) {
                    unknown.add(which);
                } catch (Networking.Ambiguous e) {
                    ambiguous.add(which);
                }
            }
        } finally {
            // Said even when a later one is refused.
            if (!deleted.isEmpty()) {
                surroundings
                        .out()
                        .println("Deleted " + member + (deleted.size() > 1 ? "(s): " : ": ")
                                + String.join(", ", deleted));
            }
        }
        var faults = new ArrayList<String>();
        if (!unknown.isEmpty()) {
            faults.add("Unable to find " + member + "(s) with id(s) '" + String.join(", ", unknown) + "'.");
        }
        if (!ambiguous.isEmpty()) {
            faults.add("Multiple " + member + "(s) matches found for name(s) '" + String.join(", ", ambiguous)
                    + "'. Please use an ID to be more specific.");
        }
        if (!faults.isEmpty()) {
            throw new Failure(String.join("\n", faults));
        }
    }

    private void delete(Networking networking, String which) {
        var resource = subject.resource();
        if (subject.hasNames()) {
            networking.with(resource, which, id -> send(networking, id));
            return;
        }
        try {
            send(networking, which);
        } catch (Refused e) {
            throw e.code() == 404 ? new Networking.Unknown(e.text()) : e;
        }
    }

    private boolean send(Networking networking, String id) {
        networking.send("DELETE", "/" + subject.resource().path() + "/" + Networking.segment(id), "");
        return true;
    }
}
