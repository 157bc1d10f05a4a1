package io.isospin.server.api;

import io.isospin.core.schema.InvalidRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds who answers a request by the first segment of its path, in which {@code _} and {@code -} are the same: clients
 * write {@code network_segment_ranges} and {@code rbac-policies}.
 */
public final class Router implements Handler {
    private final Map<String, Handler> handlers;

    public Router(Map<String, Handler> handlers) {
        this.handlers = handlers.entrySet().stream()
                .collect(Collectors.toMap(entry -> name(entry.getKey()), Map.Entry::getValue));
    }

    @Override
    public List<Operation> operations() {
        return handlers.entrySet().stream()
                .flatMap(entry -> entry.getValue().operations().stream()
                        .map(operation -> operation.below("/v2.0/" + entry.getKey())))
                .toList();
    }

    @Override
    public Response handle(Request request) {
        var handler = request.path().isEmpty()
                ? null
                : handlers.get(name(request.path().getFirst()));
        if (handler == null) {
            throw NotFound.page();
        }
        if (request.query().containsKey("watch") && !handler.watches()) {
            throw BadRequest.http(
                    "['watch'] is invalid: what is listed here is computed when it is asked for, and cannot be watched");
        }
        try {
            return handler.handle(request);
        } catch (InvalidRequest e) {
            throw new BadRequest(e.type(), String.valueOf(e.getMessage()));
        }
    }

    private static String name(String segment) {
        return segment.replace('_', '-');
    }
}
