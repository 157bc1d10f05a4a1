package io.isospin.cli.bench;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server under test, and how requests to it are written. */
record Target(String url, String host, int port, String prefix, String project, String headers) {

    /** A request as it goes over the wire, made before any clock starts, and the status that is right for it. */
    static final class Request {
        private final String name;
        private final byte[] wire;
        private final int expected;

        private Request(String name, byte[] wire, int expected) {
            this.name = name;
            this.wire = wire;
            this.expected = expected;
        }

        String name() {
            return name;
        }

        byte[] wire() {
            return wire;
        }

        int expected() {
            return expected;
        }
    }

    /** @throws IllegalArgumentException where {@code url} is none */
    static Target of(String url, String project, List<String> extra) {
        URI uri;
        try {
            uri = new URI(url.contains("//") ? url : "http://" + url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is not a URL", e);
        }
        if (uri.getHost() == null || !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException("'" + url + "' is not a URL that begins with http://");
        }
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        var headers = new StringBuilder(" HTTP/1.1\r\nHost: " + uri.getHost() + ":" + port
                + "\r\nAccept: application/json\r\nContent-Type: application/json\r\n");
        headers.append("X-Project-Id: " + project + "\r\nX-Roles: admin\r\nX-User-Id: bench\r\n");
        for (var header : extra) {
            if (header.indexOf(':') <= 0 || header.contains("\r") || header.contains("\n")) {
                throw new IllegalArgumentException("'" + header + "' is not a header: write 'Name: value'");
            }
            headers.append(header.strip()).append("\r\n");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Target(url, uri.getHost(), port, prefix, project, headers.toString());
    }

    Request get(String path) {
        return request("GET", path, null, 200);
    }

    Request post(String path, JsonNode body) {
        return request("POST", path, body, 201);
    }

    Request put(String path, JsonNode body) {
        return request("PUT", path, body, 200);
    }

    Request delete(String path) {
        return request("DELETE", path, null, 204);
    }

    private Request request(String method, String path, @Nullable JsonNode body, int expected) {
        String text = body == null ? "" : body.toString();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        String wire = method + " " + prefix + path + headers
                + (body == null ? "" : "Content-Length: " + length + "\r\n") + "\r\n" + text;
        int query = path.indexOf('?');
        String resource = (query < 0 ? path : path.substring(0, query)).split("/")[2];
        return new Request(method + " " + resource, wire.getBytes(StandardCharsets.UTF_8), expected);
    }
}
