package io.isospin.cli.grammar;

/**
 * A word that a command takes by its place.
 *
 * @param target the name under which it is kept
 * @param metavar what help calls it; empty to leave it out of help
 */
public record Positional(String target, String metavar, Count count, String help) {
    /** How many words it takes. */
    public enum Count {
        ONE,
        OPTIONAL,
        SOME
    }

    public static Positional one(String target, String metavar, String help) {
        return new Positional(target, metavar, Count.ONE, help);
    }

    int least() {
        return count == Count.OPTIONAL ? 0 : 1;
    }
}
