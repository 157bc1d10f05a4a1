package io.isospin.server.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The If-Match header: {@code revision_number=N}. */
final class Preconditions {
    private static final Pattern REVISION = Pattern.compile("\\s*revision_number=(\\d{1,9})\\s*");

    private Preconditions() {}

    static void check(@Nullable String ifMatch, ObjectNode current) {
        if (ifMatch == null) {
            return;
        }
        var matcher = REVISION.matcher(ifMatch);
        if (!matcher.matches()) {
            throw BadRequest.http("Unsupported If-Match header: '" + ifMatch + "'. Use revision_number=N.");
        }
        int wanted = Integer.parseInt(matcher.group(1));
        int actual = current.path("revision_number").asInt(0);
        if (wanted != actual) {
            throw new PreconditionFailed(
                    "RevisionNumberConstraintFailed",
                    "Constrained to " + wanted + ", but current revision is " + actual);
        }
    }
}
