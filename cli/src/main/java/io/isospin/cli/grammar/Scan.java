package io.isospin.cli.grammar;

import io.isospin.cli.failure.UsageFailure;
import io.isospin.cli.grammar.Option.Kind;
import io.isospin.cli.grammar.Positional.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One reading of a command line, by the rules of Python's argparse, which people's scripts rely on: options anywhere,
 * long ones cut short while they stay unique, {@code --name=value} or {@code --name value}, and places filled from
 * each run of plain words as far as it goes.
 */
final class Scan {
    private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-\\d+|-\\d*\\.\\d+");

    private final Grammar grammar;
    private final List<String> words;
    private final List<@Nullable Hit> hits = new ArrayList<>();
    private final List<Positional> open;
    private final Map<String, Option> seenRivals = new HashMap<>();
    private final Parsed parsed = new Parsed();

    /** A word that looks like an option; {@code option} is null for an unknown one. */
    private record Hit(@Nullable Option option, @Nullable String value) {}

    Scan(Grammar grammar, List<String> words) {
        this.grammar = grammar;
        this.words = words;
        this.open = new ArrayList<>(grammar.positionals());
        words.forEach(word -> hits.add(look(word)));
    }

    Parsed run() {
        int at = 0;
        while (at < words.size()) {
            var hit = hits.get(at);
            if (hit != null) {
                at = option(at, hit);
                continue;
            }
            int run = at;
            while (run < words.size() && hits.get(run) == null) {
                run++;
            }
            int filled = fill(at, run);
            parsed.rest().addAll(words.subList(filled, run));
            at = run;
        }
        fill(at, at);
        var missing = open.stream()
                .filter(positional -> positional.least() > 0)
                .map(Positional::metavar)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new UsageFailure("the following arguments are required: " + missing);
        }
        return parsed;
    }

    private @Nullable Hit look(String word) {
        if (!word.startsWith("-") || word.length() == 1) {
            return null;
        }
        for (var option : grammar.options()) {
            if (option.isSpelt(word)) {
                return new Hit(option, null);
            }
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? null : word.substring(equals + 1);
        for (var option : grammar.options()) {
            if (equals > 0 && option.isSpelt(name)) {
                return new Hit(option, value);
            }
        }
        var candidates = word.startsWith("--") ? shortened(word, name, value) : attached(word);
        if (candidates != null) {
            return candidates;
        }
        boolean plain = NEGATIVE_NUMBER.matcher(word).matches() || word.contains(" ");
        return plain ? null : new Hit(null, null);
    }

    private @Nullable Hit shortened(String word, String name, @Nullable String value) {
        var meant = grammar.options().stream()
                .filter(option -> option.beginsWith(name))
                .toList();
        if (meant.size() > 1) {
            throw new UsageFailure("ambiguous option: " + word + " could match "
                    + meant.stream().map(option -> option.names().getLast()).collect(Collectors.joining(", ")));
        }
        return meant.isEmpty() ? null : new Hit(meant.getFirst(), value);
    }

    /** {@code -fjson}. */
    private @Nullable Hit attached(String word) {
        for (var option : grammar.options()) {
            if (option.isSpelt(word.substring(0, 2))) {
                return new Hit(option, word.substring(2));
            }
        }
        return null;
    }

    /** The place behind the option and its value. */
    private int option(int at, Hit hit) {
        var option = hit.option();
        if (option == null) {
            parsed.rest().add(words.get(at));
            return at + 1;
        }
        if (!option.rivals().isEmpty()) {
            var rival = seenRivals.putIfAbsent(option.rivals(), option);
            if (rival != null && !rival.equals(option)) {
                throw wrong(option, "not allowed with argument " + rival.shown());
            }
        }
        String value = hit.value();
        if (!option.takesValue()) {
            if (value != null) {
                throw wrong(option, "ignored explicit argument '" + value + "'");
            }
            parsed.put(option.target(), BooleanNode.valueOf(option.kind() == Kind.YES));
            return at + 1;
        }
        if (value != null) {
            keep(option, value);
            return at + 1;
        }
        if (at + 1 >= words.size() || hits.get(at + 1) != null) {
            throw wrong(option, "expected one argument");
        }
        keep(option, words.get(at + 1));
        return at + 2;
    }

    private void keep(Option option, String text) {
        try {
            var value = option.reading().read(text);
            if (!option.choices().isEmpty() && !option.choices().contains(value.asString())) {
                boolean number = value.isNumber();
                String choices = option.choices().stream()
                        .map(choice -> number ? choice : "'" + choice + "'")
                        .collect(Collectors.joining(", "));
                throw new UsageFailure("invalid choice: " + (number ? text : "'" + value.asString() + "'")
                        + " (choose from " + choices + ")");
            }
            if (option.kind() == Kind.LIST) {
                parsed.append(option.target(), value);
            } else {
                parsed.put(option.target(), value);
            }
        } catch (UsageFailure e) {
            throw wrong(option, e.text());
        }
    }

    /** Fills as many places as the words from {@code from} allow; the first word that is left over. */
    private int fill(int from, int to) {
        int available = to - from;
        int places = 0;
        int least = 0;
        while (places < open.size() && least + open.get(places).least() <= available) {
            least += open.get(places).least();
            places++;
        }
        int at = from;
        int spare = available - least;
        for (int i = 0; i < places; i++) {
            var place = open.removeFirst();
            int take = place.least();
            if (place.count() == Count.SOME) {
                take += spare;
            } else if (place.count() == Count.OPTIONAL && spare > 0) {
                take = 1;
            }
            spare -= take - place.least();
            for (var word : words.subList(at, at + take)) {
                if (place.count() == Count.SOME) {
                    parsed.append(place.target(), JsonNodeFactory.instance.stringNode(word));
                } else {
                    parsed.put(place.target(), JsonNodeFactory.instance.stringNode(word));
                }
            }
            at += take;
        }
        return at;
    }

    private static UsageFailure wrong(Option option, String what) {
        return new UsageFailure("argument " + option.shown() + ": " + what);
    }
}
