package io.isospin.server.api;

import java.time.Duration;

/** An answer that goes on for as long as its client listens: lines as they come. */
public interface Lines extends AutoCloseable {
    /** Whole lines to send. Where nothing comes for as long as {@code atMost}, a line that says so. */
    String next(Duration atMost) throws InterruptedException;

    /** Whether the text that was given last ends it. */
    boolean isOver();

    /** The last line, where whoever sends the lines has to end it. */
    String last(Ending ending);

    @Override
    void close();
}
