package io.isospin.server.api;

import java.util.List;

/** Answers requests below one path. */
public interface Handler {
    Response handle(Request request);

    /** Whether a list of what is here can be watched. */
    default boolean watches() {
        return false;
    }

    /** All that it answers, with paths below its own. */
    List<Operation> operations();
}
