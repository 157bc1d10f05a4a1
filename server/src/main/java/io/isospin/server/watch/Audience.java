package io.isospin.server.watch;

import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Resource;
import io.isospin.server.identity.Caller;
import io.isospin.server.policy.Policy;
import io.isospin.server.policy.Sight;
import io.isospin.server.rbac.Shares;
import io.isospin.server.store.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The watchers of one interest, and what they see. */
final class Audience {
    private final Interest interest;
    private final Policy policy;
    private final Sight sight;
    private final List<Watcher> watchers = new ArrayList<>();

    Audience(Interest interest, Policy policy) {
        this.interest = interest;
        this.policy = policy;
        this.sight = policy.sight(interest.resource(), interest.caller());
    }

    Interest interest() {
        return interest;
    }

    Resource resource() {
        return interest.resource();
    }

    Caller caller() {
        return interest.caller();
    }

    List<Watcher> watchers() {
        return watchers;
    }

    /** Whether what is seen follows the rules that are in force. */
    boolean isCurrent() {
        return policy.isCurrent(sight);
    }

    /** Whether what belongs to a network is seen or not by how the network is shared. */
    boolean asksDocuments() {
        return sight.asksDocuments();
    }

    /** A document that fits the filters as it is seen, in its text; empty where it does not, or is not seen. */
    Optional<String> seen(Lookup view, ObjectNode document) {
        return Filter.takes(view, resource(), interest.conditions(), document)
                ? shown(view, document)
                : Optional.empty();
    }

    /** The same of one that fits the filters. */
    Optional<String> shown(Lookup view, ObjectNode document) {
        if (sight.isBlind() || !policy.reaches(view, resource(), caller(), document)) {
            return Optional.empty();
        }
        boolean byName = Shares.isSharedByName(view, resource(), id(document), caller().project());
        var own = sight.sharing(byName ? Set.of(id(document)) : Set.of());
        return own.sees(view, document)
                ? Optional.of(own.shown(view, document, interest.fields()).toString())
                : Optional.empty();
    }
}
