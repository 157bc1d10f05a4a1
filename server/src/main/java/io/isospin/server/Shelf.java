package io.isospin.server;

import static java.util.Map.entry;

import io.isospin.core.schema.Resource;
import io.isospin.server.api.Collection;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.policy.Policy;
import io.isospin.server.quota.Quotas;
import io.isospin.server.store.Store;
import io.isospin.server.tag.Tags;
import io.isospin.server.watch.Watched;
import io.isospin.server.watch.Watchers;
import java.util.HashMap;
import java.util.Map;

/** Collections over one store, each under its path. */
record Shelf(Store store, Policy policy, Quotas quotas, Watchers watchers) {
    Map.Entry<String, Handler> plain(Endpoint endpoint) {
        return collection(endpoint, Map.of());
    }

    /** {@code below}: what answers below one member besides its tags. */
    Map.Entry<String, Handler> tagged(Endpoint endpoint, Map<String, MemberHandler> below) {
        var all = new HashMap<>(below);
        all.put("tags", new Tags(endpoint.resource(), store, policy));
        return collection(endpoint, all);
    }

    /** {@code below}: what answers below one member; there are no tags. */
    Map.Entry<String, Handler> collection(Endpoint endpoint, Map<String, MemberHandler> below) {
        var collection = new Collection(endpoint, store, policy, quotas, below);
        // What answers show beside what is stored changes without the store.
        return endpoint.completes()
                ? entry(endpoint.resource().path(), collection)
                : watched(endpoint.resource(), collection);
    }

    Map.Entry<String, Handler> watched(Resource resource, Handler lists) {
        return entry(resource.path(), new Watched(lists, resource, store, policy, watchers));
    }
}
