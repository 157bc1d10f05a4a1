package io.isospin.server.watch;

import static io.isospin.core.schema.History.CHANGE;

import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Schema;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Handler;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Parameter;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import io.isospin.server.watch.Watcher.Batch;
import java.util.List;
import tools.jackson.databind.node.BooleanNode;

/** A collection whose lists can be watched: {@code GET /v2.0/ports?watch=true}. */
public final class Watched implements Handler {
    /** Characters that are sent at a time of what there is to begin with. */
    private static final int PIECE = 64 << 10;

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter(
                    WatchRequest.WATCH,
                    Schema.of("boolean").with("default", BooleanNode.FALSE),
                    "Whether the answer goes on with what changes, as newline-delimited JSON (application/x-ndjson)."),
            new Parameter(
                    WatchRequest.REVISION,
                    Schema.integer().with("minimum", 0),
                    "With watch: the revision after which changes are told, in place of all that there is first."));

    private final Handler collection;
    private final Resource resource;
    private final Store store;
    private final Policy policy;
    private final Watchers watchers;

    public Watched(Handler collection, Resource resource, Store store, Policy policy, Watchers watchers) {
        this.collection = collection;
        this.resource = resource;
        this.store = store;
        this.policy = policy;
        this.watchers = watchers;
    }

    @Override
    public boolean watches() {
        return true;
    }

    @Override
    public List<Operation> operations() {
        return collection.operations().stream()
                .map(operation -> operation.isList() ? operation.query(PARAMETERS) : operation)
                .toList();
    }

    @Override
    public Response handle(Request request) {
        if (!WatchRequest.isOne(request)) {
            return collection.handle(request.with(WatchRequest.without(request, WatchRequest.WATCH)));
        }
        if (!request.method().equals("GET") || request.path().size() > 1) {
            throw BadRequest.http("['watch'] is invalid: only a list can be watched; one thing is watched by ?id=ID");
        }
        var asked = WatchRequest.of(resource, request);
        var interest = new Interest(
                resource,
                request.caller(),
                asked.asked().conditions(),
                asked.asked().fields());
        var watcher = watchers.watcher(interest);
        long revision = asked.revision().orElseGet(() -> store.read(view -> begun(view, asked, watcher)));
        watchers.join(watcher, revision);
        return Response.streamed(watcher);
    }

    /** Entries of the log are never told anew: from it a watcher is told what comes. */
    private long begun(View view, WatchRequest request, Watcher watcher) {
        if (!resource.equals(CHANGE)) {
            return existing(view, request, watcher);
        }
        var synced = Line.synced(view.revision());
        watcher.begin(new Batch(synced.revision(), synced.text()));
        return synced.revision();
    }

    /** Has a watcher told all that there is; the revision at which it is. */
    private long existing(View view, WatchRequest request, Watcher watcher) {
        var interest = watcher.interest();
        var audience = new Audience(interest, policy);
        var query = request.asked().query(view, resource, policy.visible(resource, interest.caller()));
        var piece = new StringBuilder();
        for (var document : view.list(resource, query)) {
            audience.shown(view, document).ifPresent(text -> piece.append(Line.exists(resource, text)));
            if (piece.length() > PIECE) {
                watcher.begin(new Batch(0, piece.toString()));
                piece.setLength(0);
            }
        }
        var synced = Line.synced(view.revision());
        watcher.begin(new Batch(synced.revision(), piece + synced.text()));
        return synced.revision();
    }
}
