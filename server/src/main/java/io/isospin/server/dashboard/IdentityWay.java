package io.isospin.server.dashboard;

import io.isospin.server.api.BadRequest;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotAuthorized;
import io.isospin.server.api.Unavailable;
import io.isospin.server.identity.KeystoneSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /dashboard/identity/v3/…}: Keystone's own API, for signing in, projects and signing out. The token goes from
 * Keystone's answer into the cookie, and from there into requests; the page never has it.
 */
final class IdentityWay {
    private static final String TOKENS = "/auth/tokens";
    private static final int LARGEST = 64 << 10;

    private final String keystone;
    private final Upstream upstream;

    /** {@code keystone}: its address, with {@code /v3}. */
    IdentityWay(String keystone, Upstream upstream) {
        this.keystone = keystone;
        this.upstream = upstream;
    }

    /** {@code path}: what follows {@code /v3}. */
    Answer answer(Call call, String path) {
        boolean tokens = path.equals(TOKENS);
        return switch (call.method()) {
            case "GET" -> tokens ? answered(ask(call, path, subject(call))) : answered(ask(call, path, Map.of()));
            case "POST" -> tokens ? signIn(call) : refused();
            case "DELETE" -> tokens ? signOut(call) : refused();
            default -> refused();
        };
    }

    private static Answer refused() {
        throw new MethodNotAllowed();
    }

    private Map<String, String> subject(Call call) {
        String token =
                SessionCookie.token(call.headers()).orElseThrow(() -> new NotAuthorized("", "Nobody is signed in."));
        return Map.of("X-Subject-Token", token);
    }

    private Upstream.Reply ask(Call call, String path, Map<String, String> more) {
        var headers = new LinkedHashMap<>(more);
        SessionCookie.token(call.headers()).ifPresent(token -> headers.put("X-Auth-Token", token));
        return send(call.method(), path + (call.query().isEmpty() ? "" : "?" + call.query()), headers, new byte[0]);
    }

    private Answer signIn(Call call) {
        byte[] wanted = withToken(call);
        var reply = send("POST", TOKENS, Map.of(), wanted);
        if (reply.status() != 201) {
            return answered(reply);
        }
        String token = reply.subject()
                .filter(SessionCookie::holds)
                .orElseThrow(() -> new Unavailable(
                        "ServiceUnavailable",
                        "Keystone at " + keystone
                                + " gives tokens that do not fit into a cookie: see to [token] provider"
                                + " in keystone.conf; fernet is its default."));
        return answered(reply).with("Set-Cookie", SessionCookie.keeping(token, call.secure()));
    }

    /** A page that asks by token for another project cannot say which token; it is the cookie's. */
    private static byte[] withToken(Call call) {
        byte[] given = call.body().apply(LARGEST);
        try {
            var identity = JsonMapper.shared().readTree(given).at("/auth/identity");
            boolean byToken = identity.path("methods")
                    .valueStream()
                    .anyMatch(method -> method.asString("").equals("token"));
            Optional<String> token = SessionCookie.token(call.headers());
            if (!byToken || identity.at("/token/id").isString() || token.isEmpty()) {
                return given;
            }
            JsonNode whole = JsonMapper.shared().readTree(given);
            whole.withObject("/auth/identity/token").put("id", token.get());
            return whole.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw new BadRequest("MalformedRequestBody", "Malformed request body: " + e.getOriginalMessage() + ".");
        }
    }

    /** Whatever Keystone says, the page's browser has the token no more. */
    private Answer signOut(Call call) {
        var token = SessionCookie.token(call.headers());
        var answer = token.isEmpty() ? Answer.empty(204) : answered(ask(call, TOKENS, subject(call)));
        return answer.with("Set-Cookie", SessionCookie.forgetting(call.secure()));
    }

    private Upstream.Reply send(String method, String path, Map<String, String> headers, byte[] body) {
        try {
            return upstream.send(method, keystone + path, headers, body);
        } catch (IOException e) {
            throw KeystoneSession.unreachable(keystone, e);
        }
    }

    private static Answer answered(Upstream.Reply reply) {
        return Answer.of(reply.status(), reply.type(), reply.body());
    }
}
