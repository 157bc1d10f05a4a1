package io.isospin.server.api;

import io.isospin.server.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request to the API.
 *
 * @param path the segments after {@code /v2.0}
 * @param query the query string's keys, in order, each with its values
 * @param body the JSON body, or null where there is none
 * @param ifMatch the If-Match header
 * @param url scheme, host and path as the client wrote them, for links
 */
public record Request(
        String method,
        List<String> path,
        Map<String, List<String>> query,
        @Nullable JsonNode body,
        @Nullable String ifMatch,
        String url,
        Caller caller) {

    public JsonNode requiredBody() {
        if (body == null) {
            throw BadRequest.http("Resource body required");
        }
        return body;
    }

    /** The same with other parameters. */
    public Request with(Map<String, List<String>> otherQuery) {
        return new Request(method, path, otherQuery, body, ifMatch, url, caller);
    }

    /** The last value of a key in the query string. */
    public Optional<String> parameter(String key) {
        var values = query.getOrDefault(key, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }
}
