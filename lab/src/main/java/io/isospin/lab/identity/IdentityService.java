package io.isospin.lab.identity;

import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Routes;
import io.isospin.lab.http.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Identity v3 over HTTP. Reading only, but for tokens: who there is does not change while the lab runs. */
public final class IdentityService implements Service {
    private final Directory directory;
    private final Tokens tokens;
    private final Catalogue catalogue;
    private final Routes routes = new Routes();

    public IdentityService(Directory directory, Tokens tokens, Catalogue catalogue) {
        this.directory = directory;
        this.tokens = tokens;
        this.catalogue = catalogue;
        routes.get("/", this::versions)
                .get("/v3", call -> Answer.ok(Json.object("version", IdentityView.version(call.origin()))))
                .on("POST", "/v3/auth/tokens", this::issue)
                .get("/v3/auth/tokens", this::validate)
                .on("DELETE", "/v3/auth/tokens", this::revoke)
                .get("/v3/auth/catalog", this::catalog)
                .get("/v3/auth/projects", this::ownProjects)
                .get("/v3/auth/domains", call -> list(call, "domains", List.of()))
                .get("/v3/users/{user}/projects", this::projectsOfUser);
        resource("project", directory.projects(), IdentityView::project, "projects");
        resource("user", directory.users(), IdentityView::user, "users");
        resource("role", directory.roles(), IdentityView::role, "roles");
        adminList("domains", "list_domains", call -> List.of(IdentityView.domain(call.origin())));
        adminShow("domains", "domain", call -> List.of(IdentityView.domain(call.origin())));
        adminList("regions", "list_regions", call -> List.of(IdentityView.region(call.origin())));
        adminShow("regions", "region", call -> List.of(IdentityView.region(call.origin())));
        adminList("services", "list_services", call -> catalogue.services());
        adminShow("services", "service", call -> catalogue.services());
        adminList("endpoints", "list_endpoints", call -> catalogue.endpoints(call.host()));
        adminShow("endpoints", "endpoint", call -> catalogue.endpoints(call.host()));
        adminList("groups", "list_groups", call -> List.of());
        routes.get("/v3/role_assignments", this::assignments);
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            for (var depth : List.of("/v3/{a}", "/v3/{a}/{b}")) {
                routes.on(method, depth, this::readOnly);
            }
        }
    }

    @Override
    public Answer answer(Call call) {
        return routes.answer(call)
                .orElseThrow(() ->
                        Refusal.notFound("(" + call.origin() + call.path() + "): The resource could not be found."))
                .header("Vary", "X-Auth-Token");
    }

    @Override
    public Answer refused(Call call, Refusal refusal) {
        var error = Json.object()
                .put("code", refusal.status())
                .put("message", refusal.message())
                .put("title", title(refusal.status()));
        var answer = Answer.json(refusal.status(), Json.object("error", error));
        return refusal.status() == 401
                ? answer.header("WWW-Authenticate", "Keystone uri=\"" + call.origin() + "/v3\"")
                : answer;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 501 -> "Not Implemented";
            default -> "Internal Server Error";
        };
    }

    private Answer versions(Call call) {
        var values = Json.object("values", Json.array(List.of(IdentityView.version(call.origin()))));
        return Answer.json(300, Json.object("versions", values)).header("Location", call.origin() + "/v3/");
    }

    private Answer issue(Call call) {
        var token = tokens.issue(AuthRequest.read(call.json()));
        return Answer.json(
                        201,
                        IdentityView.token(
                                token, catalogue, call.host(), !call.query().containsKey("nocatalog")))
                .header("X-Subject-Token", token.secret());
    }

    private Answer validate(Call call) {
        var subject = subject(call);
        return Answer.ok(IdentityView.token(
                        subject, catalogue, call.host(), !call.query().containsKey("nocatalog")))
                .header("X-Subject-Token", subject.secret());
    }

    private Answer revoke(Call call) {
        tokens.revoke(subject(call));
        return Answer.empty(204);
    }

    /** The token that is asked about: anyone may ask about their own, administrators and services about any. */
    private Token subject(Call call) {
        var caller = caller(call);
        var subject = call.header("x-subject-token")
                .flatMap(tokens::find)
                .orElseThrow(() -> Refusal.notFound("Could not find token."));
        if (!caller.user().equals(subject.user()) && !caller.admin() && !caller.has("service")) {
            throw forbidden("validate_token");
        }
        return subject;
    }

    private Answer catalog(Call call) {
        caller(call);
        var body = Json.object("catalog", catalogue.inToken(call.host()));
        body.putObject("links").put("self", call.origin() + call.path());
        return Answer.ok(body);
    }

    private Answer ownProjects(Call call) {
        return projects(call, caller(call).user());
    }

    private Answer projectsOfUser(Call call) {
        var caller = caller(call);
        String id = call.variable("user");
        if (!caller.admin() && !caller.user().id().equals(id)) {
            throw forbidden("list_user_projects");
        }
        return projects(call, directory.user(id).orElseThrow(() -> absent("user", id)));
    }

    private Answer projects(Call call, Directory.User user) {
        return list(
                call,
                "projects",
                directory.projectsOf(user).stream()
                        .map(project -> IdentityView.project(project, call.origin()))
                        .toList());
    }

    private Answer assignments(Call call) {
        var caller = caller(call);
        var user = call.parameter("user.id");
        if (!caller.admin() && !user.equals(Optional.of(caller.user().id()))) {
            throw forbidden("list_role_assignments");
        }
        return list(
                call,
                "role_assignments",
                directory.assignments().stream()
                        .filter(a -> user.map(a.user().id()::equals).orElse(true))
                        .filter(a -> call.parameter("scope.project.id")
                                .map(a.project().id()::equals)
                                .orElse(true))
                        .filter(a -> call.parameter("role.id")
                                .map(a.role().id()::equals)
                                .orElse(true))
                        .map(a -> IdentityView.assignment(a, call.query().containsKey("include_names"), call.origin()))
                        .toList());
    }

    private interface View<T> {
        ObjectNode of(T item, String origin);
    }

    /** A list for administrators, and a show that everyone has for what is theirs. */
    private <T> void resource(String name, List<T> items, View<T> view, String plural) {
        adminList(
                plural,
                "list_" + plural,
                call -> items.stream().map(item -> view.of(item, call.origin())).toList());
        routes.get("/v3/" + plural + "/{id}", call -> {
            var caller = caller(call);
            String id = call.variable("id");
            if (!caller.admin()
                    && !id.equals(caller.projectId())
                    && !id.equals(caller.user().id())) {
                throw forbidden("get_" + name);
            }
            return show(
                    call,
                    name,
                    items.stream().map(item -> view.of(item, call.origin())).toList());
        });
    }

    private void adminList(String plural, String action, Function<Call, List<ObjectNode>> items) {
        routes.get("/v3/" + plural, call -> {
            admin(call, action);
            return list(call, plural, items.apply(call));
        });
    }

    private void adminShow(String plural, String name, Function<Call, List<ObjectNode>> items) {
        routes.get("/v3/" + plural + "/{id}", call -> {
            admin(call, "get_" + name);
            return show(call, name, items.apply(call));
        });
    }

    private static Answer show(Call call, String name, List<ObjectNode> items) {
        String id = call.variable("id");
        return items.stream()
                .filter(item -> item.path("id").asString("").equals(id))
                .findFirst()
                .map(item -> Answer.ok(Json.object(name, item)))
                .orElseThrow(() -> absent(name, id));
    }

    /** Filters on any attribute that is asked for by its name. */
    private static Answer list(Call call, String plural, List<ObjectNode> items) {
        var wanted = items.stream()
                .filter(item -> call.query().entrySet().stream()
                        .allMatch(filter -> !item.has(filter.getKey())
                                || filter.getValue()
                                        .contains(item.path(filter.getKey()).asString(""))
                                || filter.getKey().equals("enabled")))
                .toList();
        return Answer.ok(IdentityView.collection(plural, wanted, call.origin(), call.path()));
    }

    private Answer readOnly(Call call) {
        caller(call);
        throw Refusal.notImplemented("The lab's identity service does not change its projects, users and roles: there"
                + " are the projects admin, demo and service, and the users admin and demo.");
    }

    private Token caller(Call call) {
        return call.header("x-auth-token").flatMap(tokens::find).orElseThrow(Refusal::unauthorized);
    }

    private void admin(Call call, String action) {
        if (!caller(call).admin()) {
            throw forbidden(action);
        }
    }

    private static Refusal forbidden(String action) {
        return Refusal.forbidden("You are not authorized to perform the requested action: identity:" + action + ".");
    }

    private static Refusal absent(String kind, String id) {
        return Refusal.notFound("Could not find " + kind + ": " + id + ".");
    }
}
