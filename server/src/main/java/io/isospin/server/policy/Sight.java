package io.isospin.server.policy;

import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Resource;
import io.isospin.server.store.Lookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a caller sees the documents of a resource: which attributes, and which documents as shared with it. */
public final class Sight {
    private final Question question;
    private final Set<String> shared;
    private final Map<String, Verdict> limited;
    private final Verdict row;

    /**
     * @param everything whether no rule need be asked
     * @param reached whether the rule for seeing a document follows from its being in reach
     * @param shared the documents that are shared with the caller's project by name
     */
    Sight(Question question, boolean everything, boolean reached, Set<String> shared) {
        this.question = question;
        this.shared = shared;
        this.limited = new HashMap<>();
        this.row = everything || reached ? Verdict.YES : question.ask(rule());
        if (!everything) {
            for (var name : question.resource().attributes().keySet()) {
                String rule = rule() + ":" + name;
                // project_id goes with tenant_id.
                if (!name.equals("project_id") && question.rules().has(rule)) {
                    limit(name, question.ask(rule));
                }
            }
        }
    }

    private Sight(Sight other, Set<String> shared) {
        this.question = other.question;
        this.shared = shared;
        this.limited = other.limited;
        this.row = other.row;
    }

    /** The same where other documents are shared with the caller's project by name. */
    public Sight sharing(Set<String> documents) {
        return shared.equals(documents) ? this : new Sight(this, documents);
    }

    /** Whether what is seen of a document follows from more than the caller: from the document, or from what it belongs to. */
    public boolean asksDocuments() {
        return row == Verdict.DEPENDS || limited.containsValue(Verdict.DEPENDS);
    }

    Rules rules() {
        return question.rules();
    }

    private String rule() {
        return "get_" + question.resource().member();
    }

    private void limit(String name, Verdict verdict) {
        if (verdict != Verdict.YES) {
            limited.put(name, verdict);
            if (name.equals("tenant_id")) {
                limited.put("project_id", verdict);
            }
        }
    }

    /** Whether the caller sees documents as they are stored. */
    public boolean isWhole() {
        return limited.isEmpty() && shared.isEmpty();
    }

    /** Whether the caller sees no document, whatever there is. */
    public boolean isBlind() {
        return row == Verdict.NO;
    }

    /** Whether it must be asked of each document in reach if the caller sees it. */
    public boolean isSelective() {
        return row == Verdict.DEPENDS;
    }

    public boolean sees(Lookup view, ObjectNode document) {
        return row == Verdict.DEPENDS ? question.about(view, asShared(document)).allows(rule()) : row == Verdict.YES;
    }

    /** The document as the caller sees it, in the {@code fields} alone where any are named. */
    public ObjectNode shown(Lookup view, ObjectNode document, List<String> fields) {
        if (isWhole() && fields.isEmpty()) {
            return document;
        }
        var seen = asShared(document);
        var about = question.about(view, seen);
        var out = JsonNodeFactory.instance.objectNode();
        for (var name : question.resource().attributes().keySet()) {
            var value = seen.get(name);
            if (value != null && (fields.isEmpty() || fields.contains(name)) && allows(about, name)) {
                out.set(name, value);
            }
        }
        return out;
    }

    private boolean allows(Question about, String name) {
        return switch (limited.getOrDefault(name, Verdict.YES)) {
            case YES -> true;
            case NO -> false;
            case DEPENDS -> about.allows(rule() + ":" + (name.equals("project_id") ? "tenant_id" : name));
        };
    }

    private ObjectNode asShared(ObjectNode document) {
        return shared.contains(id(document)) ? document.deepCopy().put("shared", true) : document;
    }

    Resource resource() {
        return question.resource();
    }
}
