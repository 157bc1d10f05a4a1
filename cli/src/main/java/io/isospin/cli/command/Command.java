package io.isospin.cli.command;

import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;

/** One command, {@code net-list}. */
public interface Command {
    Grammar grammar();

    /** @throws io.isospin.cli.failure.Failure where it can't be done */
    void run(Parsed parsed, Surroundings surroundings);
}
