package io.isospin.lab.walkthrough;

import io.isospin.lab.walkthrough.Step.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an outcome must be like. */
@FunctionalInterface
interface Expectation {
    /** What is wrong, in one sentence; empty where nothing is. */
    Optional<String> fault(Outcome outcome);

    static Expectation all(Expectation... expectations) {
        return outcome -> List.of(expectations).stream()
                .flatMap(one -> one.fault(outcome).stream())
                .findFirst();
    }

    static Expectation works() {
        return outcome ->
                outcome.exitStatus() == 0 ? Optional.empty() : Optional.of("exit status " + outcome.exitStatus());
    }

    /** The command fails, and says this. */
    static Expectation refused(String message) {
        return outcome -> outcome.exitStatus() == 0
                ? Optional.of("it was not refused")
                : says(message).fault(outcome);
    }

    static Expectation says(String text) {
        return outcome -> outcome.output().contains(text) ? Optional.empty() : Optional.of("it does not say: " + text);
    }

    static Expectation saysNot(String text) {
        return outcome -> outcome.output().contains(text) ? Optional.of("it says: " + text) : Optional.empty();
    }

    static Expectation matches(String pattern) {
        var compiled = Pattern.compile(pattern, Pattern.MULTILINE);
        return outcome -> compiled.matcher(outcome.output()).find()
                ? Optional.empty()
                : Optional.of("nothing in it matches " + pattern);
    }

    /** A row of a Field/Value table. */
    static Expectation field(String name, String value) {
        return matches("^\\|\\s*" + Pattern.quote(name) + "\\s*\\|\\s*" + value + "\\s*\\|");
    }

    /** A row of a Field/Value table, whatever its value. */
    static Expectation fields(String... names) {
        return all(List.of(names).stream().map(name -> field(name, ".*?")).toArray(Expectation[]::new));
    }
}
