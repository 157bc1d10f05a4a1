package io.isospin.server.api;

import java.util.List;

/** Answers requests below one member of a collection: {@code /networks/{id}/tags/blue}. */
@FunctionalInterface
public interface MemberHandler {
    /** {@code rest}: the segments after the one that names this handler. */
    Response handle(Request request, String id, List<String> rest);
}
