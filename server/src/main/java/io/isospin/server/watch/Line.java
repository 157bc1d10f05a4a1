package io.isospin.server.watch;

import io.isospin.core.schema.Resource;
import io.isospin.server.api.Ending;
import java.util.Locale;

/**
 * A line of a stream.
 *
 * @param revision that of the change it tells
 * @param text with its end
 */
record Line(long revision, String text) {
    private static Line of(String type, long revision, String more) {
        return new Line(revision, "{\"type\":\"" + type + "\",\"revision\":" + revision + more + "}\n");
    }

    /** {@code resume}: from where a client goes on that has been told this line, and perhaps not the next. */
    static Line of(String type, long revision, long resume, Resource resource, String document) {
        return new Line(
                revision,
                of(type, resume, ",\"" + resource.member() + "\":" + document).text());
    }

    /** A document that there is to begin with. There is no going on from it: that takes all of them. */
    static String exists(Resource resource, String document) {
        return "{\"type\":\"exists\",\"" + resource.member() + "\":" + document + "}\n";
    }

    /** All that there was to begin with has been told. */
    static Line synced(long revision) {
        return of("synced", revision, "");
    }

    static Line alive(long revision) {
        return of("alive", revision, "");
    }

    static String ended(long revision, Ending ending) {
        String more = ",\"reason\":\"" + ending.name().toLowerCase(Locale.ROOT) + "\",\"message\":\"" + ending.message()
                + "\"";
        return ending.isResumable() ? of("ended", revision, more).text() : "{\"type\":\"ended\"" + more + "}\n";
    }
}
