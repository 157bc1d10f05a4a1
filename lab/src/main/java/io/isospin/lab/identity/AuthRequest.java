package io.isospin.lab.identity;

import io.isospin.lab.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the body of {@code POST /v3/auth/tokens} asks for: proofs of who it is, and a scope. */
public record AuthRequest(List<Proof> proofs, Scope scope) {

    /** One authentication method with what it carries. */
    public sealed interface Proof {
        String method();

        /** A user by id, or by name in the default domain. */
        record Password(String user, String password) implements Proof {
            @Override
            public String method() {
                return "password";
            }
        }

        record Token(String secret) implements Proof {
            @Override
            public String method() {
                return "token";
            }
        }
    }

    /** What the token is to be good for. */
    public sealed interface Scope {
        record Unscoped() implements Scope {}

        /** A project by id, or by name in the default domain. */
        record Project(String idOrName) implements Scope {}
    }

    /** Reads the body; refused with 400 where it is not of Keystone's form, 401 where it names another domain. */
    public static AuthRequest read(JsonNode body) {
        var auth = body.path("auth");
        var identity = auth.path("identity");
        var methods = identity.path("methods");
        if (!methods.isArray() || methods.isEmpty()) {
            throw Refusal.badRequest("Invalid input for field 'auth/identity/methods': a list of methods is required.");
        }
        var proofs = new ArrayList<Proof>();
        for (var method : methods) {
            proofs.add(
                    switch (method.asString("")) {
                        case "password" -> password(identity.path("password").path("user"));
                        case "token" -> new Proof.Token(text(identity.path("token"), "id", "auth/identity/token"));
                        default -> throw Refusal.unauthorized();
                    });
        }
        return new AuthRequest(List.copyOf(proofs), scope(auth.path("scope")));
    }

    private static Proof password(JsonNode user) {
        String password = text(user, "password", "auth/identity/password/user");
        return new Proof.Password(idOrName(user, "auth/identity/password/user"), password);
    }

    private static Scope scope(JsonNode scope) {
        if (scope.isMissingNode() || scope.isNull() || scope.asString("").equals("unscoped") || scope.has("unscoped")) {
            return new Scope.Unscoped();
        }
        if (scope.has("project")) {
            return new Scope.Project(idOrName(scope.path("project"), "auth/scope/project"));
        }
        throw Refusal.unauthorized();
    }

    private static String idOrName(JsonNode node, String where) {
        if (node.path("id").isString()) {
            return node.path("id").asString();
        }
        String name = text(node, "name", where);
        var domain = node.path("domain");
        String named = domain.path("id").asString(domain.path("name").asString(""));
        if (named.isEmpty()) {
            throw Refusal.badRequest("Expecting to find domain in " + where + ". The server could not comply with the"
                    + " request since it is either malformed or otherwise incorrect. The client is assumed to be in"
                    + " error.");
        }
        if (!named.equalsIgnoreCase(Directory.DOMAIN_ID)) {
            throw Refusal.unauthorized();
        }
        return name;
    }

    private static String text(JsonNode node, String key, String where) {
        @Nullable String value = node.path(key).isString() ? node.path(key).asString() : null;
        if (value == null) {
            throw Refusal.badRequest("Expecting to find " + key + " in " + where + ". The server could not comply with"
                    + " the request since it is either malformed or otherwise incorrect. The client is assumed to be in"
                    + " error.");
        }
        return value;
    }
}
