package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.output.Format;
import io.isospin.cli.output.Printer;
import java.io.PrintStream;
import java.util.Map;

/** What a command works with. */
public record Surroundings(Networking networking, Map<String, String> environment, PrintStream out, PrintStream err) {
    Printer printer(Parsed parsed) {
        return new Printer(Format.of(parsed, environment), out);
    }
}
