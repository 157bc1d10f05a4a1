package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.grammar.FreeAttributes;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.output.Format;
import io.isospin.cli.output.PythonJson;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code net-create}. */
record CreateVerb(Subject subject) implements Command {

    @Override
    public Grammar grammar() {
        String member = subject.resource().member();
        return Grammar.of("neutron " + subject.word() + "-create", "Create a " + member + " for a given tenant.")
                .having(Format.showOptions())
                .having(List.of(Option.value("--tenant-id", "TENANT_ID", "The owner tenant ID.")))
                .having(subject.createOptions())
                .taking(subject.createWords());
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var printer = surroundings.printer(parsed);
        var resource = subject.resource();
        var item = subject.create(parsed, surroundings.networking());
        Subject.copy(parsed, item, "tenant_id");
        item.setAll(FreeAttributes.of(parsed));
        var created = surroundings
                .networking()
                .send("POST", "/" + resource.path(), body(resource.member(), item))
                .path(resource.member());
        if (!(created instanceof ObjectNode object)) {
            throw new Networking.Unknown("The server's answer holds no " + resource.member() + ".");
        }
        if (printer.format().isTable()) {
            surroundings.out().println("Created a new " + resource.member() + ":");
            printer.one(Cells.item(object, subject.indent()));
        } else {
            printer.one(object);
        }
    }

    static String body(String member, ObjectNode item) {
        return new PythonJson(0).write(JsonNodeFactory.instance.objectNode().set(member, item));
    }
}
