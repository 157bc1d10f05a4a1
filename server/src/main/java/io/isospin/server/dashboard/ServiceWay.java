package io.isospin.server.dashboard;

import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotAuthorized;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Unavailable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Set;

/** {@code /dashboard/compute/…} and {@code /dashboard/image/…}: the service that the token's own catalogue names. */
final class ServiceWay {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
    private static final String VERSION = "OpenStack-API-Version";
    private static final int LARGEST = 1 << 20;

    private final Catalogues catalogues;
    private final Upstream upstream;

    ServiceWay(Catalogues catalogues, Upstream upstream) {
        this.catalogues = catalogues;
        this.upstream = upstream;
    }

    /** {@code type}: the service's in the catalogue; {@code path}: what follows its address. */
    Answer answer(Call call, String type, String path) {
        if (!METHODS.contains(call.method())) {
            throw new MethodNotAllowed();
        }
        String token =
                SessionCookie.token(call.headers()).orElseThrow(() -> new NotAuthorized("", "Nobody is signed in."));
        String endpoint = catalogues
                .endpoint(token, type)
                .orElseThrow(() -> new NotFound(
                        "HTTPNotFound", "The catalogue of the Identity service has no service of type " + type + "."));
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Auth-Token", token);
        call.header(VERSION).ifPresent(version -> headers.put(VERSION, version));
        String url = endpoint + path + (call.query().isEmpty() ? "" : "?" + call.query());
        try {
            var reply = upstream.send(call.method(), url, headers, call.body().apply(LARGEST));
            return Answer.of(reply.status(), reply.type(), reply.body());
        } catch (IOException e) {
            throw new Unavailable(
                    "ServiceUnavailable",
                    "The " + type + " service cannot be reached at " + endpoint + " (" + e.getMessage()
                            + "): see to its endpoint in Keystone's catalogue, and whether it runs.");
        }
    }
}
