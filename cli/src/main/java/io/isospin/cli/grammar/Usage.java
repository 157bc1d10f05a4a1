package io.isospin.cli.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The usage and help of a command, 80 columns wide. */
public final class Usage {
    private static final int WIDTH = 78;
    private static final int INDENT = 24;

    private Usage() {}

    /** The lines that begin with {@code usage:}. */
    public static String of(Grammar grammar) {
        var parts = new ArrayList<>(List.of("[-h]"));
        String rivals = "";
        for (var option : grammar.options()) {
            if (option.names().isEmpty()) {
                continue;
            }
            String part = option.names().getFirst() + value(option);
            if (!option.rivals().isEmpty() && option.rivals().equals(rivals)) {
                String before = parts.removeLast();
                parts.add(before.substring(0, before.length() - 1) + " | " + part + "]");
            } else {
                parts.add("[" + part + "]");
            }
            rivals = option.rivals();
        }
        var places = grammar.positionals().stream()
                .filter(positional -> !positional.metavar().isEmpty())
                .map(Usage::place)
                .toList();
        String head = "usage: " + grammar.program() + " ";
        String options = wrapped(head, parts);
        if (places.isEmpty()) {
            return options;
        }
        // What does not fit on one line has its places on a line of their own.
        String together =
                wrapped(head, Stream.concat(parts.stream(), places.stream()).toList());
        return together.indexOf('\n') == together.length() - 1
                ? together
                : options + wrapped(" ".repeat(head.length()), places);
    }

    /** The whole help of a command. */
    public static String help(Grammar grammar) {
        var text = new StringBuilder(of(grammar))
                .append('\n')
                .append(grammar.summary())
                .append('\n');
        var places = grammar.positionals().stream()
                .filter(positional -> !positional.metavar().isEmpty())
                .toList();
        if (!places.isEmpty()) {
            text.append("\npositional arguments:\n");
            places.forEach(positional -> entry(text, positional.metavar(), positional.help()));
        }
        text.append("\noptions:\n");
        entry(text, "-h, --help", "show this help message and exit");
        for (var option : grammar.options()) {
            if (!option.names().isEmpty()) {
                var spellings = option.names().stream()
                        .map(name -> name + value(option))
                        .toList();
                entry(text, String.join(", ", spellings), option.help());
            }
        }
        return text.toString();
    }

    private static String value(Option option) {
        if (!option.takesValue()) {
            return "";
        }
        return " "
                + (option.choices().isEmpty() || option.metavar().startsWith("<") ? option.metavar() : choices(option));
    }

    private static String choices(Option option) {
        return "{" + String.join(",", option.choices()) + "}";
    }

    private static String place(Positional positional) {
        return switch (positional.count()) {
            case ONE -> positional.metavar();
            case OPTIONAL -> "[" + positional.metavar() + "]";
            case SOME -> positional.metavar() + " [" + positional.metavar() + " ...]";
        };
    }

    private static String wrapped(String head, List<String> parts) {
        var text = new StringBuilder();
        var line = new StringBuilder(head);
        boolean fresh = true;
        for (var part : parts) {
            if (!fresh && line.length() + 1 + part.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(" ".repeat(head.length()));
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(part);
            fresh = false;
        }
        return text.append(line).append('\n').toString();
    }

    private static void entry(StringBuilder text, String what, String help) {
        String head = "  " + what;
        if (help.isEmpty()) {
            text.append(head).append('\n');
            return;
        }
        if (head.length() > INDENT - 2) {
            text.append(head).append('\n');
            head = "";
        }
        var words = List.of(help.split(" "));
        text.append(wrapped(head + " ".repeat(INDENT - head.length()), words)
                .replaceAll("\n {1,}(?=\\S)", "\n" + " ".repeat(INDENT)));
    }
}
