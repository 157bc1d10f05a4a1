package io.isospin.linux.process;

import java.time.Duration;
import java.util.List;

/** Processes that this one may not have started: what they run, where, and signals to them. */
public interface ProcessTable {
    /** The signals that daemons are steered by, with their numbers in signal(7). */
    enum Signal {
        HANGUP(1),
        KILL(9),
        USER1(10),
        TERMINATE(15),
        CONTINUE(18),
        STOP(19);

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** The words of a living process' command line; empty where there is none of that id. */
    List<String> words(long pid);

    /** Whether the process lives in the network namespace that is now at {@code /run/netns/<name>}. */
    boolean isIn(long pid, String namespace);

    /** Sends a signal; answers false where there is no such process any more. */
    boolean signal(long pid, Signal signal);

    /** Waits until the process is gone; answers false where it still lives after {@code limit}. */
    boolean awaitEnd(long pid, Duration limit);
}
