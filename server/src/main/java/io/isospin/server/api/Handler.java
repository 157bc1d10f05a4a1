package io.isospin.server.api;

/** Answers requests below one path. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
