package io.isospin.server.api;

import java.util.List;

/** Answers requests below one member of a collection: {@code /networks/{id}/tags/blue}. */
public interface MemberHandler {
    /** {@code rest}: the segments after the one that names this handler. */
    Response handle(Request request, String id, List<String> rest);

    /** All that it answers, with paths below the segment that names it. */
    List<Operation> operations();
}
