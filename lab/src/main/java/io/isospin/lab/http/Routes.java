package io.isospin.lab.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which function answers which path. Templates are tried in the order in which they were added. */
public final class Routes {
    /** Answers one kind of request. */
    @FunctionalInterface
    public interface Endpoint {
        Answer answer(Call call);
    }

    private record Route(String method, List<String> template, Endpoint endpoint) {}

    private final List<Route> routes = new ArrayList<>();

    /** {@code template} is a path in which {@code {name}} stands for any one segment. */
    public Routes on(String method, String template, Endpoint endpoint) {
        routes.add(new Route(method, segments(template), endpoint));
        return this;
    }

    public Routes get(String template, Endpoint endpoint) {
        return on("GET", template, endpoint).on("HEAD", template, endpoint);
    }

    /** Empty where no template fits; refused with 405 where one does but not with this method. */
    public Optional<Answer> answer(Call call) {
        boolean known = false;
        var path = segments(call.path());
        for (var route : routes) {
            var variables = match(route.template(), path);
            if (variables.isPresent()) {
                if (route.method().equals(call.method())) {
                    return Optional.of(route.endpoint().answer(call.with(variables.get())));
                }
                known = true;
            }
        }
        if (known) {
            throw new Refusal(405, "Method Not Allowed");
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> match(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return Optional.empty();
        }
        var variables = new LinkedHashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            if (part.startsWith("{")) {
                variables.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1)).stream()
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
