package io.isospin.server.api;

import io.isospin.core.schema.Resource;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.View;
import tools.jackson.databind.node.ObjectNode;

/** The one way to a document that a request names: what its caller may not see is not there. */
public record Access(Resource resource, Policy policy) {
    /** The document, to be read. */
    public ObjectNode seen(View view, Request request, String id) {
        var document = current(view, id);
        policy.show(view, resource, request.caller(), document);
        return document;
    }

    /** The document, to be changed by {@code verb}, at the revision that If-Match may ask for. */
    public ObjectNode changeable(View view, Request request, String verb, String id) {
        return permitted(view, request, verb + "_" + resource.member(), id);
    }

    /** The document, to be changed as a rule of policy lets, at the revision that If-Match may ask for. */
    public ObjectNode permitted(View view, Request request, String rule, String id) {
        var document = current(view, id);
        policy.mayChange(view, resource, rule, request.caller(), document);
        Preconditions.check(request.ifMatch(), document);
        return document;
    }

    /** The document, to be given {@code values}, at the revision that If-Match may ask for. */
    public ObjectNode updatable(View view, Request request, String id, ObjectNode values) {
        var document = current(view, id);
        policy.mayUpdate(view, resource, request.caller(), document, values);
        Preconditions.check(request.ifMatch(), document);
        return document;
    }

    private ObjectNode current(View view, String id) {
        return view.get(resource, id).orElseThrow(() -> NotFound.of(resource, id));
    }
}
