package io.isospin.server.store;

import java.util.List;
import java.util.Map;

/**
 * Which entries of the change log.
 *
 * @param values of each key that is asked for, the ones that are wanted
 * @param from the first or the last revision that may be among them
 * @param ascending whether they are read from {@code from} up, oldest first; else from there down
 * @param limit at most so many
 */
public record LogQuery(Map<By, List<String>> values, long from, boolean ascending, int limit) {
    /** What entries are found by. */
    public enum By {
        REVISION,
        /** The collection of the resource and what happened to it, {@code ports/UPDATE}. */
        WHAT,
        OBJECT,
        NETWORK,
        USER,
        REQUEST,
        HOST
    }
}
