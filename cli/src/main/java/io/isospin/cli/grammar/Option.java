package io.isospin.cli.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * An option of a command.
 *
 * @param names the spellings that help shows
 * @param hidden spellings that are taken as well
 * @param target the name under which its value is kept
 * @param metavar what help calls the value; empty where there is none
 * @param choices the only values, or none for any
 * @param rivals options of one non-empty name here exclude each other
 */
public record Option(
        List<String> names,
        List<String> hidden,
        String target,
        Kind kind,
        String metavar,
        List<String> choices,
        Reading reading,
        String rivals,
        String help) {

    /** What an option does to its target. */
    public enum Kind {
        /** Keeps the value, the last one where it is repeated. */
        VALUE,
        /** Gathers the values in a list. */
        LIST,
        /** Sets true. */
        YES,
        /** Sets false. */
        NO
    }

    public static Option value(String name, String metavar, String help) {
        return new Option(
                List.of(name), underscored(name), target(name), Kind.VALUE, metavar, List.of(), Reading.TEXT, "", help);
    }

    public static Option list(String name, String metavar, String help) {
        return value(name, metavar, help).with(Kind.LIST);
    }

    public static Option flag(String name, String help) {
        return new Option(List.of(name), List.of(), target(name), Kind.YES, "", List.of(), Reading.TEXT, "", help);
    }

    public Option with(Kind kind) {
        return new Option(names, hidden, target, kind, metavar, choices, reading, rivals, help);
    }

    public Option into(String target) {
        return new Option(names, hidden, target, kind, metavar, choices, reading, rivals, help);
    }

    /** A short form, shown before the long one. */
    public Option or(String name) {
        var all = new ArrayList<>(List.of(name));
        all.addAll(names);
        return new Option(List.copyOf(all), hidden, target, kind, metavar, choices, reading, rivals, help);
    }

    public Option also(String... more) {
        var all = new ArrayList<>(hidden);
        all.addAll(List.of(more));
        return new Option(names, List.copyOf(all), target, kind, metavar, choices, reading, rivals, help);
    }

    public Option oneOf(String... values) {
        return new Option(names, hidden, target, kind, metavar, List.of(values), reading, rivals, help);
    }

    public Option read(Reading how) {
        return new Option(names, hidden, target, kind, metavar, choices, how, rivals, help);
    }

    public Option insteadOf(String others) {
        return new Option(names, hidden, target, kind, metavar, choices, reading, others, help);
    }

    boolean takesValue() {
        return kind == Kind.VALUE || kind == Kind.LIST;
    }

    boolean isSpelt(String word) {
        return names.contains(word) || hidden.contains(word);
    }

    boolean beginsWith(String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix))
                || hidden.stream().anyMatch(name -> name.startsWith(prefix));
    }

    String shown() {
        return String.join("/", names);
    }

    private static String target(String name) {
        return name.replaceFirst("^-+", "").replace('-', '_');
    }

    private static List<String> underscored(String name) {
        String spelt = "--" + target(name);
        return spelt.equals(name) || !name.startsWith("--") ? List.of() : List.of(spelt);
    }
}
