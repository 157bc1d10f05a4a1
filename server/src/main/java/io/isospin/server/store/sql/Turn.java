package io.isospin.server.store.sql;

/**
 * The row of {@code log_head}, which each writing transaction changes.
 *
 * @param revision the last that was given away
 * @param number counts the transactions that have written
 */
record Turn(long revision, long number) {
    static final Turn UNKNOWN = new Turn(-1, -1);

    /** What a transaction leaves behind whose last revision is {@code last}. */
    Turn next(long last) {
        return new Turn(last, number + 1);
    }
}
