package io.isospin.server.api;

/** Answers requests below one path. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);

    /** Whether a list of what is here can be watched. */
    default boolean watches() {
        return false;
    }
}
