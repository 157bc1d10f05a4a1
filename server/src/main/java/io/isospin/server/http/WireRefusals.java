package io.isospin.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** What is refused before it is a request of the API, such as a broken request line, in the form of the API's errors. */
final class WireRefusals implements DirectHandler {
    private WireRefusals() {}

    static DirectHandlers all() {
        var all = DirectHandlers.builder();
        for (var event : EventType.values()) {
            all.addHandler(event, new WireRefusals());
        }
        return all.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        var body = status.code() >= 500
                ? Errors.internal().body()
                : Errors.response(status.code(), type(status), text(status, message))
                        .body();
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                // Where the next request would begin is not certain.
                .keepAlive(false)
                .entity(body)
                .build();
    }

    /** As webob calls it: HTTPBadRequest. */
    private static String type(Status status) {
        return "HTTP" + status.reasonPhrase().replaceAll("[^A-Za-z]", "");
    }

    private static String text(Status status, @Nullable String message) {
        return message == null || message.isEmpty()
                ? "The request is not HTTP as it should be: " + status.reasonPhrase() + "."
                : message;
    }
}
