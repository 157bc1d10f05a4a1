package io.isospin.server.extension;

import io.isospin.core.schema.PythonText;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code /v2.0/service-providers}: who provides advanced services. None is served, so the list is empty, as that of a
 * Neutron without service plugins, which has this extension from its default flavors plugin.
 */
public final class ServiceProviders implements Handler {
    private static final Set<String> KEYS = Set.of(
            "service_type", "name", "default", "fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir");

    @Override
    public Response handle(Request request) {
        if (request.path().size() > 1) {
            throw NotFound.page();
        }
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowed();
        }
        String unknown = request.query().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .map(PythonText::quote)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw BadRequest.http("[" + unknown + "] is invalid attribute for filtering");
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("service_providers");
        return Response.ok(body);
    }
}
