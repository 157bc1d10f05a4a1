package io.isospin.server.api;

import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path, as the API's description tells it. Whoever answers requests lists its own.
 *
 * @param path with what varies in braces, {@code /{network_id}/tags/{tag}}; of a handler's own, below the handler
 * @param id {@code list_networks}; distinct in the whole API
 * @param conditional whether an If-Match header is heeded
 * @param request the body; null where there is none
 * @param status of success
 * @param answer the body of success; null where there is none
 * @param resources whose components the schemas refer to
 */
public record Operation(
        String method,
        String path,
        String id,
        String summary,
        List<Parameter> parameters,
        boolean conditional,
        @Nullable Schema request,
        int status,
        @Nullable Schema answer,
        Set<Resource> resources) {

    public static Operation of(String method, String path, String id, String summary) {
        return new Operation(method, path, id, summary, List.of(), false, null, 204, null, Set.of());
    }

    /** Whether it lists what is at its handler's own path. */
    public boolean isList() {
        return method.equals("GET") && path.isEmpty();
    }

    public Operation query(List<Parameter> more) {
        var all = Stream.concat(parameters.stream(), more.stream()).toList();
        return new Operation(method, path, id, summary, all, conditional, request, status, answer, resources);
    }

    /** Heeds If-Match. */
    public Operation ifMatch() {
        return new Operation(method, path, id, summary, parameters, true, request, status, answer, resources);
    }

    public Operation takes(Schema body) {
        return new Operation(method, path, id, summary, parameters, conditional, body, status, answer, resources);
    }

    public Operation answers(int code, Schema body) {
        return new Operation(method, path, id, summary, parameters, conditional, request, code, body, resources);
    }

    /** Its schemas refer to a resource's components. */
    public Operation about(Resource resource) {
        var all = Stream.concat(resources.stream(), Stream.of(resource)).collect(Collectors.toUnmodifiableSet());
        return new Operation(method, path, id, summary, parameters, conditional, request, status, answer, all);
    }

    /** The same below a path. */
    public Operation below(String prefix) {
        return new Operation(
                method, prefix + path, id, summary, parameters, conditional, request, status, answer, resources);
    }
}
