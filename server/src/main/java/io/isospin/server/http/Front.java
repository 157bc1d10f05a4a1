package io.isospin.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The address of this server as its clients write it.
 *
 * @param proxied whether a proxy stands before the server, whose headers say what the client wrote
 * @param linkPrefix what links to further pages begin with in place of the client's words; empty for those
 */
record Front(boolean proxied, String linkPrefix) {
    /** Scheme and host, and the path under which a proxy offers this server. */
    String base(ServerRequest in) {
        String scheme = in.isSecure() ? "https" : "http";
        String host = Requests.header(in, "Host").orElse("localhost");
        if (!proxied) {
            return scheme + "://" + host;
        }
        var forwarded = Requests.header(in, "Forwarded").map(Front::first);
        if (forwarded.isPresent()) {
            scheme = forwarded.get().getOrDefault("proto", scheme);
            host = forwarded.get().getOrDefault("host", host);
        } else {
            scheme = Requests.header(in, "X-Forwarded-Proto").orElse(scheme);
            host = Requests.header(in, "X-Forwarded-Host").orElse(host);
        }
        return scheme + "://" + host + Requests.header(in, "X-Forwarded-Prefix").orElse("");
    }

    /** The address of a path for links to further pages. */
    String link(String base, String path) {
        return (linkPrefix.isEmpty() ? base : linkPrefix) + path;
    }

    /** The pairs of the proxy that is nearest to the client, {@code for=192.0.2.60;proto=https;host=api}. */
    private static Map<String, String> first(String header) {
        var pairs = new HashMap<String, String>();
        for (var pair : header.split(",", 2)[0].split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        pair.substring(equals + 1).strip());
            }
        }
        return pairs;
    }
}
