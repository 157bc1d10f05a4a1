package io.isospin.server.api;

import io.isospin.core.schema.InvalidRequest;
import java.util.List;
import java.util.Map;

/** Finds who answers a request by the first segment of its path. */
public final class Router implements Handler {
    private final Map<String, Handler> handlers;

    public Router(Map<String, Handler> handlers) {
        this.handlers = Map.copyOf(handlers);
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
        var handler =
                request.path().isEmpty() ? null : handlers.get(request.path().getFirst());
        if (handler == null) {
            throw NotFound.page();
        }
        try {
            return handler.handle(request);
        } catch (InvalidRequest e) {
            throw new BadRequest(e.type(), String.valueOf(e.getMessage()));
        }
    }
}
