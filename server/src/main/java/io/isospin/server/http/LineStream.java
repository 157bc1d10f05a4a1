package io.isospin.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.isospin.server.api.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lines over HTTP, newline-delimited JSON, for as long as there are any and the client may have them. */
final class LineStream {
    private static final System.Logger LOG = System.getLogger(LineStream.class.getName());

    private LineStream() {}

    private static final Duration BEAT = Duration.ofSeconds(10);

    /** {@code called}: the request, for the log. */
    static void send(ServerResponse out, Lines lines, String called) {
        out.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        try (lines;
                var stream = out.outputStream()) {
            // Without waiting at first: the head of the answer leaves with the first line and tells that it is heard.
            var wait = Duration.ZERO;
            while (!lines.isOver()) {
                stream.write(lines.next(wait).getBytes(StandardCharsets.UTF_8));
                stream.flush();
                wait = BEAT;
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, () -> called + ": the client listens no more: " + e.getMessage());
        } catch (InterruptedException e) {
            LOG.log(Level.INFO, () -> called + ": the client was cut off, and does not read why");
        }
    }
}
