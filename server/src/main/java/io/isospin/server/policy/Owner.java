package io.isospin.server.policy;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import io.isospin.server.store.Lookup;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code tenant_id:%(tenant_id)s}, {@code tenant_id:%(network:tenant_id)s}, {@code tenant_id:%(ext_parent:tenant_id)s}:
 * the caller's project owns the target, or the thing that the target belongs to.
 *
 * @param field what the target is asked for first
 * @param parent the member name of the resource that the target belongs to, or {@value #OUTER}; empty for none
 * @param parentField what the parent is asked for
 */
record Owner(String field, String parent, String parentField) implements Check {
    private static final String OUTER = "ext_parent";
    /** Resources whose id others carry as {@code NAME_id}. */
    private static final Set<String> PARENTS = Set.of(Catalogue.NETWORK.member(), "security_group", OUTER);

    static Owner parse(String text) {
        if (!text.startsWith("%(") || !text.endsWith(")s")) {
            throw new MalformedRule("'tenant_id:" + text + "' names no attribute, as tenant_id:%(tenant_id)s does");
        }
        String field = text.substring(2, text.length() - 2);
        int cut = field.indexOf(':') >= 0 ? field.indexOf(':') : field.indexOf('_');
        boolean own = field.equals("tenant_id") || field.equals("project_id");
        if (own || cut < 0) {
            return new Owner(field, "", "");
        }
        String parent = field.substring(0, cut);
        if (field.indexOf(':') >= 0 && !PARENTS.contains(parent)) {
            throw new MalformedRule("'tenant_id:" + text + "' names '" + parent
                    + "', which nothing belongs to; network and ext_parent are right");
        }
        return new Owner(field, parent, field.substring(cut + 1));
    }

    @Override
    public Verdict of(Question question) {
        var target = question.target();
        if (target == null) {
            return Verdict.DEPENDS;
        }
        String project = question.caller().project();
        return Verdict.of(!project.isEmpty()
                && owner(target, question.view()).filter(project::equals).isPresent());
    }

    private Optional<String> owner(ObjectNode target, @Nullable Lookup view) {
        if (target.has(field)) {
            return Optional.of(target.path(field).asString(""));
        }
        return view == null
                ? Optional.empty()
                : parent(target, view).map(found -> found.path(parentField).asString(""));
    }

    private Optional<ObjectNode> parent(ObjectNode target, Lookup view) {
        if (!parent.equals(OUTER)) {
            return named(parent, target.path(parent + "_id").asString(""), view);
        }
        return target.properties().stream()
                .filter(entry ->
                        entry.getKey().startsWith(OUTER + "_") && entry.getKey().endsWith("_id"))
                .findFirst()
                .flatMap(entry -> named(
                        entry.getKey()
                                .substring(OUTER.length() + 1, entry.getKey().length() - 3),
                        entry.getValue().asString(""),
                        view));
    }

    private static Optional<ObjectNode> named(String member, String id, Lookup view) {
        return Catalogue.ALL.stream()
                .filter(resource -> resource.member().equals(member))
                .findFirst()
                .flatMap((Resource resource) -> view.get(resource, id));
    }
}
