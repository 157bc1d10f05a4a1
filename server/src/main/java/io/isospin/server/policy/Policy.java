package io.isospin.server.policy;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.config.Settings;
import io.isospin.core.schema.Resource;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Forbidden;
import io.isospin.server.api.NotFound;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.identity.Caller;
import io.isospin.server.identity.Credentials;
import io.isospin.server.rbac.Shares;
import io.isospin.server.store.Lookup;
import io.isospin.server.store.Query.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what: Neutron's rules, and the operator's in their place. */
public final class Policy {
    private final PolicyFiles files;

    private Policy(PolicyFiles files) {
        this.files = files;
    }

    /**
     * The policy that {@code [oslo_policy]} names.
     *
     * @throws io.isospin.core.config.ConfigException with everything that is wrong in policy files
     */
    public static Policy of(Settings settings) {
        return new Policy(new PolicyFiles(PolicySettings.of(settings)));
    }

    /** {@code authenticator}, with what the rules make of the roles of whom it finds. */
    public Authenticator over(Authenticator authenticator) {
        return new Authenticator() {
            @Override
            public Caller authenticate(Credentials credentials) {
                return recognised(authenticator.authenticate(credentials));
            }

            @Override
            public Optional<Instant> expiry(Credentials credentials) {
                return authenticator.expiry(credentials);
            }
        };
    }

    private Caller recognised(Caller caller) {
        var rules = files.look();
        var self = JsonNodeFactory.instance.objectNode();
        self.put("project_id", caller.project())
                .put("tenant_id", caller.project())
                .put("user_id", caller.user());
        var question = new Question(rules, caller, NETWORK, self, null);
        return caller.recognised(
                question.allows("context_is_admin"),
                question.allows("context_is_advsvc") || question.allows("service_api"));
    }

    /** What a list must be narrowed to, so that it shows what is in the caller's reach. */
    public List<Condition> visible(Resource resource, Caller caller) {
        return Reach.conditions(resource, caller);
    }

    /** How the caller sees documents of a resource, none of them shared with its project by name. */
    public Sight sight(Resource resource, Caller caller) {
        return sight(resource, caller, Set.of());
    }

    /** Whether the rules are still those that a sight goes by: an operator may have changed them. */
    public boolean isCurrent(Sight sight) {
        return files.look().equals(sight.rules());
    }

    /** Whether a document is in the caller's reach, before any rule is asked. */
    public boolean reaches(Lookup view, Resource resource, Caller caller, ObjectNode document) {
        return Reach.has(view, resource, caller, document);
    }

    /** How the caller sees documents of a resource. */
    public Sight sight(Lookup view, Resource resource, Caller caller) {
        return sight(resource, caller, Shares.sharedWith(view, resource, caller.project()));
    }

    /** How the caller sees one document. */
    public Sight sight(Lookup view, Resource resource, Caller caller, ObjectNode document) {
        boolean byName = Shares.isSharedByName(view, resource, id(document), caller.project());
        return sight(resource, caller, byName ? Set.of(id(document)) : Set.of());
    }

    private Sight sight(Resource resource, Caller caller, Set<String> shared) {
        var question = question(resource, caller);
        boolean reached = resource.attributes().containsKey("project_id")
                && question.rules().standard("get_" + resource.member());
        return new Sight(question, unasked(question), reached, shared);
    }

    private Question question(Resource resource, Caller caller) {
        return new Question(files.rules(), caller, resource, null, null);
    }

    /** Administrators are asked nothing as long as the old rules count. */
    private static boolean unasked(Question question) {
        return question.caller().isAdmin() && !question.rules().settings().enforceNewDefaults();
    }

    /** Whether the caller is shown every attribute of the document, as it is stored, unasked. */
    public boolean seesAll(Lookup view, Resource resource, Caller caller, String id) {
        return unasked(question(resource, caller)) && !Shares.isSharedByName(view, resource, id, caller.project());
    }

    /** Whether there is such a document for the caller. */
    public boolean sees(Lookup view, Resource resource, Caller caller, ObjectNode document) {
        return Reach.has(view, resource, caller, document)
                && sight(view, resource, caller, document).sees(view, document);
    }

    /** How the caller sees a document that it asks for by its id; 404 where it does not. */
    public Sight show(Lookup view, Resource resource, Caller caller, ObjectNode document) {
        if (!Reach.has(view, resource, caller, document)) {
            throw NotFound.of(resource, id(document));
        }
        var sight = sight(view, resource, caller, document);
        if (!sight.sees(view, document)) {
            throw NotFound.hidden();
        }
        return sight;
    }

    /** Refuses, with 403, what a rule does not let the caller do, asked of {@code target} rather than of a document. */
    public void require(Caller caller, String rule, ObjectNode target) {
        var question = new Question(files.rules(), caller, NETWORK, target, null);
        var action = Action.plain(rule);
        if (!allows(question, action)) {
            throw refused(question, action);
        }
    }

    /** Refuses a change that sets no attributes: 403 to who may see the thing, 404 to others. */
    public void mayChange(Lookup view, Resource resource, String rule, Caller caller, ObjectNode document) {
        change(view, resource, caller, document, document, Action.plain(rule));
    }

    /** Refuses an update, or attributes that the caller may not set: 403 to who may see the thing, 404 to others. */
    public void mayUpdate(Lookup view, Resource resource, Caller caller, ObjectNode document, ObjectNode values) {
        var target = document.deepCopy();
        target.setAll(values);
        change(view, resource, caller, document, target, Action.update(resource, values));
    }

    private void change(
            Lookup view, Resource resource, Caller caller, ObjectNode document, ObjectNode target, Action action) {
        if (!Reach.has(view, resource, caller, document)) {
            throw NotFound.of(resource, id(document));
        }
        var question = question(resource, caller).about(view, target);
        if (allows(question, action)) {
            return;
        }
        if (!sight(view, resource, caller, target).sees(view, target)) {
            throw NotFound.page();
        }
        throw refused(question, action);
    }

    /** Refuses what the caller may not create: a whole body, with initial values. */
    public void mayCreate(Lookup view, Resource resource, Caller caller, ObjectNode values) {
        if (!caller.isAdmin() && !caller.isService()) {
            refuseOtherProjects(resource, caller, values);
            refuseOtherNetworks(view, resource, caller, values);
        }
        var question = question(resource, caller).about(view, values);
        var action = Action.create(resource, values);
        if (!allows(question, action)) {
            throw refused(question, action);
        }
    }

    private static void refuseOtherProjects(Resource resource, Caller caller, ObjectNode values) {
        if (resource.attributes().containsKey("project_id")
                && !text(values, "project_id").equals(caller.project())) {
            throw BadRequest.http("Specifying 'project_id' other than the authenticated project in request is not"
                    + " allowed for the current user.");
        }
    }

    private void refuseOtherNetworks(Lookup view, Resource resource, Caller caller, ObjectNode values) {
        if (!resource.equals(PORT) && !resource.equals(SUBNET)) {
            return;
        }
        String id = text(values, "network_id");
        var network = view.get(NETWORK, id)
                .filter(one -> Reach.has(view, NETWORK, caller, one))
                .orElseThrow(() -> NotFound.of(NETWORK, id));
        if (!text(network, "project_id").equals(text(values, "project_id"))
                && !Shares.isShared(view, NETWORK, id, caller.project())) {
            throw new Forbidden(
                    "HTTPForbidden",
                    "Tenant " + text(values, "project_id") + " not allowed to create " + resource.member()
                            + " on this network");
        }
    }

    private static boolean allows(Question question, Action action) {
        return unasked(question)
                || (inScope(question) && action.rules().stream().allMatch(question::allows));
    }

    /** Everything that is asked of policy here belongs to projects. */
    private static boolean inScope(Question question) {
        return !question.rules().settings().enforceScope()
                || question.caller().scope().equals("project");
    }

    private static Forbidden refused(Question question, Action action) {
        return inScope(question)
                ? Forbidden.policy(action.text())
                : new Forbidden(
                        "InvalidScope",
                        action.text() + " requires a scope of ['project'], request was made with "
                                + question.caller().scope() + " scope.");
    }
}
