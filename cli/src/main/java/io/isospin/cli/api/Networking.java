package io.isospin.cli.api;

import io.isospin.cli.failure.Failure;
import io.isospin.core.schema.Resource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Networking's API, version 2.0. The user is identified at the first request, and not before. */
public final class Networking {
    private static final Pattern ID =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}.*");

    private final Http http;
    private final Supplier<Session> login;
    private final int retries;
    private volatile Session session = new Session("", "", "", java.util.Set.of());

    /** @param retries how often a request that can be repeated is sent again where nobody answers */
    public Networking(Http http, Supplier<Session> login, int retries) {
        this.http = http;
        this.login = login;
        this.retries = retries;
    }

    public synchronized Session session() {
        if (session.endpoint().isEmpty()) {
            session = login.get();
        }
        return session;
    }

    /** Every item, over all pages. */
    public ArrayNode list(Resource resource, Query query) {
        var items = JsonNodeFactory.instance.arrayNode();
        String next = query.toString();
        while (true) {
            var page = send("GET", "/" + resource.path() + next, "");
            page.path(resource.collection()).forEach(items::add);
            String link = "";
            for (var candidate : page.path(resource.collection() + "_links")) {
                if (candidate.path("rel").asString("").equals("next")) {
                    link = String.valueOf(
                            URI.create(candidate.path("href").asString("")).getRawQuery());
                }
            }
            if (link.isEmpty()) {
                return items;
            }
            next = "?" + link;
        }
    }

    public JsonNode get(Resource resource, String id, Query query) {
        return send("GET", "/" + resource.path() + "/" + segment(id) + query, "")
                .path(resource.member());
    }

    /** The whole answer to a POST, PUT, DELETE or GET of {@code path}, which begins with a slash. */
    public JsonNode send(String method, String path, String body) {
        var session = session();
        String url = session.endpoint() + "/v2.0" + path;
        var headers = session.token().isEmpty() ? Map.<String, String>of() : Map.of("X-Auth-Token", session.token());
        for (int attempt = 0; ; attempt++) {
            try {
                var answer = http.send("Networking", method, url, headers, body);
                if (!answer.good()) {
                    throw Refused.of(answer);
                }
                return Json.read(answer.body());
            } catch (IllegalArgumentException e) {
                throw new Failure("What answered at " + url + " is not Networking: it sent no JSON. Check the address"
                        + " in the catalogue, or in OS_URL.");
            } catch (Refused e) {
                throw e;
            } catch (Failure e) {
                // A POST may have been done although its answer was lost.
                if (attempt >= retries || method.equals("POST")) {
                    throw e;
                }
            }
        }
    }

    /** Each line of a stream, until it ends; {@code path} begins with a slash. */
    public void follow(String path, Consumer<String> line) {
        var session = session();
        var headers = session.token().isEmpty() ? Map.<String, String>of() : Map.of("X-Auth-Token", session.token());
        var answer = http.follow("Networking", session.endpoint() + "/v2.0" + path, headers, line);
        if (!answer.good()) {
            throw Refused.of(answer);
        }
    }

    public static String segment(String text) {
        return Query.encoded(text).replace("+", "%20");
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * The item of that id, or else of that name.
     *
     * @param fields what to ask for; none for all
     */
    public ObjectNode find(Resource resource, String idOrName, List<String> fields) {
        if (isId(idOrName)) {
            var found = list(resource, new Query().with("fields", fields).with("id", idOrName));
            if (!found.isEmpty()) {
                return (ObjectNode) found.get(0);
            }
        }
        return findByName(resource, idOrName, fields);
    }

    public ObjectNode findByName(Resource resource, String name, List<String> fields) {
        var found = list(resource, new Query().with("fields", fields).with("name", name));
        if (found.size() > 1) {
            throw new Ambiguous("Multiple " + resource.member() + " matches found for name '" + name
                    + "', use an ID to be more specific.");
        }
        if (found.isEmpty()) {
            throw new Unknown("Unable to find " + resource.member() + " with name or id '" + name + "'");
        }
        return (ObjectNode) found.get(0);
    }

    public String findId(Resource resource, String idOrName) {
        return find(resource, idOrName, List.of("id")).path("id").asString();
    }

    /**
     * Does something with the item of that id or name. An id is used at once, without asking whether it is there; only
     * when the server does not know it, it might be a name that looks like an id.
     */
    public <T> T with(Resource resource, String idOrName, Function<String, T> action) {
        if (!isId(idOrName)) {
            return action.apply(findId(resource, idOrName));
        }
        try {
            return action.apply(idOrName);
        } catch (Refused e) {
            if (e.code() != 404) {
                throw e;
            }
            String found = findId(resource, idOrName);
            if (found.equals(idOrName)) {
                throw e;
            }
            return action.apply(found);
        }
    }

    /** More than one item has the name. */
    public static final class Ambiguous extends Failure {
        Ambiguous(String message) {
            super(message);
        }
    }

    /** No item has the id or name. */
    public static final class Unknown extends Failure {
        public Unknown(String message) {
            super(message);
        }
    }
}
