package io.isospin.core.config;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What becomes of each line of a program's files, once the program has asked for all that it reads. */
public final class Explanation {
    private Explanation() {}

    /** What becomes of a line. */
    public enum Verdict {
        /** This program goes by it. */
        HONOURED,
        /** It says what holds anyway. */
        DEFAULT,
        /** A later line says otherwise. */
        OVERRIDDEN,
        /** Neutron has it, but it has no counterpart here, and nothing is lost. */
        NOT_APPLICABLE,
        /** Neutron has it, this program does not go by it, and something may be missed. */
        NOT_HONOURED,
        /** Neither Neutron nor this program has such an option. */
        UNKNOWN,
        /** A value that is a mistake. */
        WRONG;

        /** As people read it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * A line with what becomes of it.
     *
     * @param where file and number
     * @param line section, key and value; passwords are hidden
     * @param why in words; empty where there is nothing to say
     */
    public record Line(String where, String line, Verdict verdict, String why) {}

    /** Prints every line as fields between tabs: where, line, verdict, why. */
    public static void print(Settings settings, PrintStream out) {
        of(settings)
                .forEach(line -> out.println(String.join(
                        "\t",
                        line.where(),
                        line.line().replaceAll("\\s+", " "),
                        line.verdict().words(),
                        line.why())));
    }

    /** Tells of the lines that Neutron would go by and this program does not, or that are no options at all. */
    public static void warn(Settings settings, Consumer<String> log) {
        for (var line : of(settings)) {
            if (line.verdict() == Verdict.NOT_HONOURED || line.verdict() == Verdict.UNKNOWN) {
                log.accept(line.where() + ": " + line.line() + ": " + line.why());
            }
        }
    }

    /** Explains every assignment, in the order of the files. */
    public static List<Line> of(Settings settings) {
        var known = new KnownOptions();
        var lines = new ArrayList<Line>();
        for (var entry : settings.entries()) {
            lines.add(explain(settings, known, entry));
        }
        for (var fault : settings.faults()) {
            boolean told = lines.stream()
                    .anyMatch(line ->
                            line.verdict() == Verdict.WRONG && line.where().equals(fault.where()));
            if (!told) {
                lines.add(new Line(fault.where(), "", Verdict.WRONG, fault.problem() + ". " + fault.mend()));
            }
        }
        return lines;
    }

    private static Line explain(Settings settings, KnownOptions known, Entry entry) {
        String shown = "[" + entry.section() + "] " + entry.key() + " = " + shown(entry);
        var fault = settings.faults().stream()
                .filter(one -> one.where().equals(entry.where()))
                .findFirst();
        if (fault.isPresent()) {
            return new Line(
                    entry.where(),
                    shown,
                    Verdict.WRONG,
                    fault.get().problem() + ". " + fault.get().mend());
        }
        if (!settings.isLast(entry)) {
            return new Line(entry.where(), shown, Verdict.OVERRIDDEN, "a later line counts");
        }
        if (settings.wasAsked(entry)) {
            return new Line(entry.where(), shown, Verdict.HONOURED, "");
        }
        var option = known.option(entry.section(), entry.key());
        var reason = known.reason(entry.section(), entry.key());
        if (reason.isPresent()) {
            return new Line(entry.where(), shown, Verdict.NOT_APPLICABLE, reason.get());
        }
        if (option.isEmpty()) {
            String why = known.nearest(entry.section(), entry.key())
                    .map(near -> "Neutron has no such option; is " + near + " meant?")
                    .orElse("Neutron has no such option");
            return new Line(entry.where(), shown, Verdict.UNKNOWN, why);
        }
        return option.get().isStandard(entry.value())
                ? new Line(entry.where(), shown, Verdict.DEFAULT, "holds without it")
                : new Line(entry.where(), shown, Verdict.NOT_HONOURED, "this program does not go by it");
    }

    private static String shown(Entry entry) {
        if (entry.key().contains("password") || entry.key().contains("secret")) {
            return "***";
        }
        return entry.value().replaceAll("://([^:/@]*):.*@", "://$1:***@");
    }
}
