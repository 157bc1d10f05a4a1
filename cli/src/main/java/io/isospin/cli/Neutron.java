package io.isospin.cli;

import io.isospin.cli.api.Http;
import io.isospin.cli.api.Networking;
import io.isospin.cli.api.ProxyRules;
import io.isospin.cli.api.Trust;
import io.isospin.cli.command.Command;
import io.isospin.cli.command.Commands;
import io.isospin.cli.command.Surroundings;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.failure.UsageFailure;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Usage;
import io.isospin.cli.identity.Identity;
import io.isospin.cli.identity.Login;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The {@code neutron} command: finds what is asked for, runs it, and says what went wrong. */
public final class Neutron {
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final Grammar globals = GlobalOptions.grammar();

    public Neutron(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** The exit status: 0 done, 1 failed, 2 not understood. */
    public int run(List<String> args) {
        try {
            var options = globals.parse(args);
            if (options.flag("version")) {
                out.println(version());
                return 0;
            }
            return run(options, options.rest());
        } catch (UsageFailure e) {
            return misused(globals, e, "neutron help");
        } catch (Failure e) {
            err.println(e.text());
            return e.status();
        }
    }

    private int run(Parsed options, List<String> words) {
        var commands = new Commands();
        int behind = words.indexOf("--");
        boolean help = words.subList(0, behind < 0 ? words.size() : behind).stream()
                .anyMatch(word -> word.equals("-h") || word.equals("--help"));
        var plain = words.stream()
                .filter(word -> !word.equals("-h") && !word.equals("--help"))
                .toList();
        if (plain.isEmpty()) {
            (help ? out : err).print(overview(commands));
            return help ? 0 : 2;
        }
        String name = plain.getFirst();
        if (name.equals("help")) {
            return help(commands, plain.size() > 1 ? plain.get(1) : "");
        }
        if (name.equals("bash-completion")) {
            out.println(String.join(" ", completions(commands)));
            return 0;
        }
        var command = commands.find(name)
                .orElseThrow(() -> new Failure(
                        "Unknown command ['" + String.join("', '", plain) + "']\n'neutron help' lists the commands."));
        if (help) {
            out.print(Usage.help(command.grammar()));
            return 0;
        }
        return run(command, options, words.subList(1, words.size()));
    }

    private int run(Command command, Parsed options, List<String> words) {
        var grammar = command.grammar();
        try {
            command.run(grammar.parse(words), surroundings(options));
            return 0;
        } catch (UsageFailure e) {
            return misused(grammar, e, grammar.program().replaceFirst("neutron ", "neutron help "));
        }
    }

    private Surroundings surroundings(Parsed options) {
        var identity = Identity.of(options, environment);
        double seconds = GlobalOptions.seconds(options, environment);
        boolean insecure = options.flag("insecure")
                || !environment.getOrDefault("NEUTRONCLIENT_INSECURE", "").isEmpty()
                || identity.values().containsKey("insecure");
        var http = new Http(
                (int) (seconds * 1000),
                new Trust(identity.values().getOrDefault("cacert", ""), insecure),
                new ProxyRules(environment),
                options.flag("verbose") ? err : null);
        var networking = new Networking(http, new Login(identity, http)::open, options.number("retries", 0));
        return new Surroundings(networking, environment, out, err);
    }

    private int misused(Grammar grammar, UsageFailure failure, String help) {
        err.print(Usage.of(grammar));
        err.println(grammar.program() + ": error: " + failure.text());
        err.println("Try '" + help + "' for more information.");
        return failure.status();
    }

    private int help(Commands commands, String name) {
        if (name.isEmpty()) {
            out.print(overview(commands));
            return 0;
        }
        var command = commands.find(name);
        if (command.isPresent()) {
            out.print(Usage.help(command.get().grammar()));
            return 0;
        }
        var alike = commands.beginning(name).toList();
        if (alike.isEmpty()) {
            throw new Failure("Unknown command ['" + name + "']\n'neutron help' lists the commands.");
        }
        out.println("Command \"" + name + "\" matches:");
        alike.forEach(candidate -> out.println("  " + candidate));
        return 0;
    }

    private String overview(Commands commands) {
        var text = new StringBuilder(Usage.help(globals)).append("\nCommands for API v2.0:\n");
        int width = commands.names().stream().mapToInt(String::length).max().orElse(0);
        for (var name : commands.names()) {
            text.append("  ").append(name).repeat(' ', width - name.length() + 2);
            text.append(commands.find(name).orElseThrow().grammar().summary()).append('\n');
        }
        return text.toString();
    }

    private SortedSet<String> completions(Commands commands) {
        var words = new TreeSet<>(commands.names());
        globals.options().forEach(option -> words.addAll(option.names()));
        commands.names()
                .forEach(name -> commands.find(name)
                        .orElseThrow()
                        .grammar()
                        .options()
                        .forEach(option -> words.addAll(option.names())));
        return words;
    }

    private static String version() {
        String version = Neutron.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
