package io.isospin.server.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The store. Any number of threads may use it. */
public interface Store extends AutoCloseable {
    /** Names this database, so that a revision is never taken for one of another. */
    String id();

    /** Reads one state. */
    <T> T read(Function<View, T> reader);

    /**
     * Runs a decision and makes its changes, in one transaction that is durable when this returns. Whatever the
     * decision throws leaves nothing changed.
     */
    <T> T write(Function<View, Decision<T>> decision);

    /** Several decisions of one transaction, each seeing the changes of those before it. */
    <T> List<T> writeAll(List<Function<View, Decision<T>>> decisions);

    /** Waits until there are changes after {@code revision}, or the time is over; the last revision that is known of. */
    long awaitChange(long revision, Duration atMost) throws InterruptedException;

    @Override
    void close();
}
