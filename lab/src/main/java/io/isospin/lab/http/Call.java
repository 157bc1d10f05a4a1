package io.isospin.lab.http;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request.
 *
 * @param path the decoded path, with no slash at its end
 * @param headers names in lower case
 * @param variables what the template of the route named
 * @param body as text; empty where {@code content} has it
 * @param content the body as it comes, where it is no text ({@code application/octet-stream}); to be read once
 */
public record Call(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        Map<String, String> variables,
        String body,
        InputStream content) {

    /** A call whose body is text. */
    public Call(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, String> headers,
            Map<String, String> variables,
            String body) {
        this(method, path, query, headers, variables, body, InputStream.nullInputStream());
    }

    public Call with(Map<String, String> named) {
        return new Call(method, path, query, headers, named, body, content);
    }

    public Call at(String otherPath) {
        return new Call(method, otherPath, query, headers, variables, body, content);
    }

    /** A variable of the route's template, which is there by construction. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the route of " + path + " has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A flag of the query as OpenStack's services read it. */
    public boolean flag(String name) {
        return parameter(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "1", "true", "yes", "on", "t", "y" -> true;
                    default -> false;
                })
                .orElse(false);
    }

    /** The body as a JSON object; refused with 400 where it is not one. */
    public ObjectNode json() {
        return Json.parse(body);
    }

    /** The host name or address by which the client reached the service, so that links lead back the same way. */
    public String host() {
        String host = headers.getOrDefault("host", "127.0.0.1");
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end <= 0 ? host : host.substring(0, end);
    }

    /** The scheme, host and port by which the client reached the service. */
    public String origin() {
        return "http://" + headers.getOrDefault("host", "127.0.0.1");
    }
}
