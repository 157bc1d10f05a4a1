package io.isospin.server;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code /openapi.json} promises, held against the answers of a server. The schemas of answers are closed for
 * that: what a description does not have, an answer may not have.
 */
final class Contract {
    private static final String PLACE = "https://isospin.invalid/openapi.json";
    /** The segment of a path that names a collection, after {@code /v2.0/}. */
    private static final int COLLECTION = 2;

    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "delete");

    private final ObjectNode document;
    private final List<String> templates;
    private final SchemaRegistry schemas;
    private final Map<String, Schema> byPlace = new ConcurrentHashMap<>();

    Contract(JsonNode described) {
        this.document = (ObjectNode) described.deepCopy();
        this.templates = document.path("paths").propertyNames().stream()
                // What a path says in words goes before what may be anything.
                .sorted(Comparator.comparing((String path) -> path.indexOf('{') >= 0))
                .toList();
        var closed = document.deepCopy();
        close(closed);
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(PLACE, closed.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::close);
    }

    ObjectNode document() {
        return document;
    }

    /** {@code METHOD /path/{variable}} of all that is described. */
    Set<String> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .map(method -> operation(method, path.getKey())))
                .collect(Collectors.toSet());
    }

    private static String operation(String method, String template) {
        return method.toUpperCase(Locale.ROOT) + " " + template;
    }

    /** The template that a path, in either spelling of its collection, without its query string is of. */
    Optional<String> template(String path) {
        var segments = path.split("/", -1);
        if (segments.length > COLLECTION) {
            segments[COLLECTION] = segments[COLLECTION].replace('_', '-');
        }
        return templates.stream()
                .filter(template -> matches(template.split("/", -1), segments))
                .findFirst();
    }

    private static boolean matches(String[] template, String[] segments) {
        if (template.length != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            boolean any = template[i].startsWith("{") && !segments[i].isEmpty();
            if (!any && !template[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The operation that a request is, and of which the answer is as described; empty where it is none and was refused.
     *
     * @throws AssertionError where the answer is not as described
     */
    Optional<String> check(String method, String target, int status, String body) {
        String path = target.replaceFirst("\\?.*", "").replaceFirst("\\.json$", "");
        String template = target.startsWith("/openapi.json")
                ? "/openapi.json"
                : template(path).orElse("");
        String verb = method.toLowerCase(Locale.ROOT);
        var described = document.path("paths").path(template).path(verb);
        String asked = method + " " + target;
        if (described.isMissingNode()) {
            if (status < 400 && !method.equals("OPTIONS") && !target.startsWith("/isospin/")) {
                throw new AssertionError(asked + " is served and not described: " + status);
            }
            return Optional.empty();
        }
        var place = new ArrayList<>(List.of("paths", template, verb, "responses", Integer.toString(status)));
        var response = described.path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            throw new AssertionError(asked + " has no status " + status + " in its description: " + body);
        }
        if (response.has("$ref")) {
            String name = response.path("$ref").asString().replaceFirst(".*/", "");
            place = new ArrayList<>(List.of("components", "responses", name));
            response = document.path("components").path("responses").path(name);
        }
        if (!response.has("content")) {
            if (!body.isEmpty()) {
                throw new AssertionError(asked + " has a body that is not described: " + body);
            }
        } else if (!method.equals("HEAD") && (body.startsWith("{") || body.startsWith("[") || body.equals("null"))) {
            place.addAll(List.of("content", "application/json", "schema"));
            var faults = schema(place).validate(JsonMapper.shared().readTree(body));
            if (!faults.isEmpty()) {
                throw new AssertionError(asked + " answers otherwise than described: " + faults + " in " + body);
            }
        }
        return Optional.of(operation(method, template));
    }

    /** The names of all attributes of resources that answers are described with, {@code network.mtu}. */
    Set<String> attributes() {
        return document.path("components").path("schemas").properties().stream()
                .filter(schema -> document.path("components").path("schemas").has(schema.getKey() + "_update")
                        || Set.of("availability_zone", "change", "wiring").contains(schema.getKey()))
                .flatMap(schema -> schema.getValue().path("properties").propertyNames().stream()
                        .map(name -> schema.getKey() + "." + name))
                .collect(Collectors.toSet());
    }

    private Schema schema(List<String> place) {
        String pointer = place.stream()
                .map(key -> "/" + key.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        return byPlace.computeIfAbsent(pointer, key -> schemas.getSchema(SchemaLocation.of(PLACE + "#" + key)));
    }
}
