package io.isospin.core.config;

/**
 * Something wrong in the configuration.
 *
 * @param where file and line, or the file, or a word for what has neither ({@code command line})
 * @param problem what is wrong, with the setting's name and what was found
 * @param mend what to do about it
 */
public record Fault(String where, String problem, String mend) {
    @Override
    public String toString() {
        return where + ": " + problem + ". " + mend;
    }
}
