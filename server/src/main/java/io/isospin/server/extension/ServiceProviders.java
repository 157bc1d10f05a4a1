package io.isospin.server.extension;

import io.isospin.core.schema.PythonText;
import io.isospin.core.schema.Schema;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Parameter;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import java.util.List;
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
    public List<Operation> operations() {
        var provider = Schema.of("object")
                .mustKey("service_type", Schema.of("string"))
                .mustKey("name", Schema.of("string"))
                .mustKey("default", Schema.of("boolean"));
        var keys = KEYS.stream()
                .sorted()
                .map(key -> new Parameter(
                        key, Schema.listOf(Schema.of("string")), "Taken as in all lists; there is nothing to find."))
                .toList();
        return List.of(Operation.of("GET", "", "list_service_providers", "List who provides advanced services")
                .query(keys)
                .answers(200, Schema.of("object").mustKey("service_providers", Schema.listOf(provider))));
    }

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
