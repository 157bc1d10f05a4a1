package io.isospin.server.policy;

import io.isospin.core.schema.Resource;
import io.isospin.server.identity.Caller;
import io.isospin.server.store.Lookup;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who asks, about what.
 *
 * @param target the document, or null where the question is what holds for every document
 * @param view where the target's parents are looked up; null as long as there is no target
 */
record Question(
        Rules rules,
        Caller caller,
        Resource resource,
        @Nullable ObjectNode target,
        @Nullable Lookup view) {

    /** The same about a document. */
    Question about(Lookup other, ObjectNode document) {
        return new Question(rules, caller, resource, document, other);
    }

    /** What a rule of the given name says. */
    Verdict ask(String rule) {
        return rules.named(rule).of(this);
    }

    boolean allows(String rule) {
        return ask(rule) == Verdict.YES;
    }
}
