package io.isospin.cli.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command takes.
 *
 * @param program how the command is called in messages, {@code neutron net-list}
 * @param summary what it does, in a sentence
 */
public record Grammar(String program, String summary, List<Positional> positionals, List<Option> options) {

    public static Grammar of(String program, String summary) {
        return new Grammar(program, summary, List.of(), List.of());
    }

    public Grammar taking(List<Positional> more) {
        var all = new ArrayList<>(positionals);
        all.addAll(more);
        return new Grammar(program, summary, List.copyOf(all), options);
    }

    public Grammar having(List<Option> more) {
        var all = new ArrayList<>(options);
        all.addAll(more);
        return new Grammar(program, summary, positionals, List.copyOf(all));
    }

    /**
     * Reads a command's words. What is unknown is kept in {@link Parsed#rest}, for {@link FreeAttributes}.
     *
     * @throws io.isospin.cli.failure.UsageFailure for a word that can't be meant
     */
    public Parsed parse(List<String> words) {
        int end = words.indexOf("--");
        var parsed = new Scan(this, end < 0 ? words : words.subList(0, end)).run();
        if (end >= 0) {
            // As in the original: what stands behind -- takes the place of everything unknown before it.
            parsed.rest().clear();
            parsed.rest().addAll(words.subList(end, words.size()));
        }
        return parsed;
    }
}
