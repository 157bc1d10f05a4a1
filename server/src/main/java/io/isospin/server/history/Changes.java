package io.isospin.server.history;

import static io.isospin.core.schema.History.CHANGE;

import io.isospin.core.schema.Schema;
import io.isospin.server.api.Handler;
import io.isospin.server.api.ListRequest;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Operations;
import io.isospin.server.api.Pages;
import io.isospin.server.api.Parameter;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.identity.Caller;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.LogQuery;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2.0/changes}: what has happened, the newest first, as far back as the change log reaches. */
public final class Changes implements Handler {
    /** Entries of an answer where nobody says how many, and the most where somebody does. */
    private static final int USUAL = 100;

    private static final int MOST = 1_000;

    private final Store store;
    private final Policy policy;

    public Changes(Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    @Override
    public List<Operation> operations() {
        var query = new ArrayList<>(Operations.filters(CHANGE));
        query.add(Operations.fields(CHANGE));
        query.add(new Parameter(
                "limit",
                Schema.integer().with("minimum", 0),
                "The most that a page has, " + MOST + " at most; " + USUAL + " where there is none, or 0."));
        query.add(new Parameter(
                "marker", Schema.pattern("^[0-9]{1,18}$", "4711"), "The id of the last one on the page before."));
        query.add(new Parameter(
                "page_reverse",
                Schema.of("boolean").with("default", BooleanNode.FALSE),
                "Whether the page ends before the marker."));
        return List.of(Operations.list(CHANGE).query(query));
    }

    @Override
    public Response handle(Request request) {
        if (request.path().size() > 1) {
            throw NotFound.page();
        }
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowed();
        }
        var asked = ListRequest.of(CHANGE, request.query(), request.caller());
        int limit = asked.limit() == 0 ? USUAL : Math.min(asked.limit(), MOST);
        var query = Trail.query(asked, limit);
        return store.read(view -> answer(view, request, asked, query));
    }

    private Response answer(View view, Request request, ListRequest asked, LogQuery query) {
        var sight = policy.sight(CHANGE, request.caller());
        List<Logged> read = sight.isBlind() ? List.of() : view.log(query);
        var found = query.ascending() ? read.reversed() : read;
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray(CHANGE.collection());
        Past.entries(view, found).stream()
                .filter(entry -> reaches(view, request.caller(), entry) && sight.sees(view, entry))
                .map(entry -> sight.shown(view, entry, asked.fields()))
                .forEach(list::add);
        if (!found.isEmpty()) {
            body.set(
                    CHANGE.collection() + "_links",
                    Pages.links(
                            request.url(),
                            request.query(),
                            query.limit(),
                            asked.reverse(),
                            found.size(),
                            Long.toString(found.getFirst().revision()),
                            Long.toString(found.getLast().revision())));
        }
        return Response.ok(body).at(view.revision());
    }

    private boolean reaches(View view, Caller caller, ObjectNode entry) {
        return policy.reaches(view, CHANGE, caller, entry);
    }
}
