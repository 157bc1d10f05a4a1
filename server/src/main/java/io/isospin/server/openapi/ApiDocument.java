package io.isospin.server.openapi;

import io.isospin.core.schema.Descriptions;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Schema;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of an API in OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0).
 *
 * <p>Extensions of ours: {@code x-isospin-collection} on an id is the path that lists what it may name;
 * {@code x-isospin-rule} on an attribute of a request is the rule of policy that setting it is asked by.
 */
public final class ApiDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final String ID = "_id";

    /** By the name of one member, {@code network}. */
    private final Map<String, Resource> resources = new TreeMap<>();

    private ApiDocument(Collection<Operation> operations) {
        operations.stream()
                .flatMap(operation -> operation.resources().stream())
                .forEach(resource -> resources.merge(resource.member(), resource, ApiDocument::fuller));
    }

    /** A setting may give a resource an attribute more, where it is answered itself. */
    private static Resource fuller(Resource one, Resource other) {
        return one.attributes().size() < other.attributes().size() ? other : one;
    }

    /** {@code open}: what asks for no token; {@code guarded}: what asks for one. */
    public static ObjectNode of(List<Operation> open, List<Operation> guarded) {
        var all = Stream.concat(open.stream(), guarded.stream()).toList();
        return new ApiDocument(all).document(open, guarded);
    }

    private ObjectNode document(List<Operation> open, List<Operation> guarded) {
        var document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "OpenStack Networking")
                .put("version", "2.0")
                .put("summary", "The Networking API v2.0 as this server has it")
                .put(
                        "description",
                        "What is here is served, and what is served is here. Words for booleans and digits for numbers are taken"
                                + " in requests as well, also in other forms than those described.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray("token");
        var tags = document.putArray("tags");
        var paths = document.putObject("paths");
        var groups = new TreeSet<String>();
        byPath(open, guarded).forEach((path, operations) -> {
            var item = paths.putObject(path);
            var variables = VARIABLE.matcher(path)
                    .results()
                    .map(match -> variable(match.group(1)))
                    .toList();
            if (!variables.isEmpty()) {
                item.putArray("parameters").addAll(variables);
            }
            for (var operation : operations) {
                groups.add(group(path));
                var described = operation(operation);
                if (open.contains(operation)) {
                    described.putArray("security");
                }
                item.set(operation.method().toLowerCase(Locale.ROOT), described);
            }
        });
        groups.forEach(group -> tag(tags.addObject(), group));
        document.set("components", components());
        return document;
    }

    private static Map<String, List<Operation>> byPath(List<Operation> open, List<Operation> guarded) {
        var paths = new TreeMap<String, List<Operation>>();
        Stream.concat(open.stream(), guarded.stream())
                .forEach(operation -> paths.merge(
                        operation.path(),
                        List.of(operation),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()));
        return paths;
    }

    /** The first segment below the version: what an operation belongs to. */
    private static String group(String path) {
        var segments = path.split("/");
        return segments.length > 2 ? segments[2] : "discovery";
    }

    private void tag(ObjectNode tag, String group) {
        tag.put("name", group);
        resources.values().stream()
                .filter(resource -> resource.path().equals(group))
                .findFirst()
                .flatMap(Descriptions::of)
                .ifPresent(text -> tag.put("description", text));
    }

    private ObjectNode variable(String name) {
        var out = JSON.objectNode().put("name", name).put("in", "path").put("required", true);
        var schema = Schema.of("string").with("minLength", 1);
        var named = named(name);
        out.set(
                "schema",
                named == null ? schema.json() : schema.with("format", "uuid").json());
        if (named != null) {
            out.put("x-isospin-collection", collection(named));
        }
        return out;
    }

    private ObjectNode operation(Operation operation) {
        var out = JSON.objectNode().put("operationId", operation.id()).put("summary", operation.summary());
        out.putArray("tags").add(group(operation.path()));
        if (!operation.parameters().isEmpty() || operation.conditional()) {
            var parameters = out.putArray("parameters");
            operation.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
            if (operation.conditional()) {
                parameters.addObject().put("$ref", "#/components/parameters/if_match");
            }
        }
        if (operation.request() != null) {
            content(out.putObject("requestBody").put("required", true), operation.request());
        }
        var responses = out.putObject("responses");
        var success = responses.putObject(Integer.toString(operation.status())).put("description", "Done.");
        if (operation.answer() != null) {
            content(success, operation.answer());
        }
        Refusals.of(operation)
                .forEach((status, name) ->
                        responses.putObject(Integer.toString(status)).put("$ref", "#/components/responses/" + name));
        return out;
    }

    private static ObjectNode parameter(Parameter parameter) {
        var out = JSON.objectNode()
                .put("name", parameter.name())
                .put("in", "query")
                .put("description", parameter.description());
        out.set("schema", parameter.schema().json());
        return out;
    }

    private void content(ObjectNode out, Schema schema) {
        out.putObject("content").putObject("application/json").set("schema", linked(schema.json()));
    }

    private ObjectNode components() {
        var components = JSON.objectNode();
        var schemas = components.putObject("schemas");
        resources
                .values()
                .forEach(resource ->
                        ResourceSchemas.of(resource).forEach((name, schema) -> schemas.set(name, linked(schema))));
        schemas.set(
                "link",
                Schema.of("object")
                        .mustKey("rel", Schema.of("string"))
                        .mustKey("href", Schema.of("string").with("format", "uri-reference"))
                        .json());
        Refusals.schemas().forEach(schemas::set);
        components.set("responses", Refusals.responses());
        var ifMatch = components.putObject("parameters").putObject("if_match");
        ifMatch.put("name", "If-Match")
                .put("in", "header")
                .put("description", "Refused with 412 where the resource has another revision than this.");
        ifMatch.set(
                "schema",
                Schema.pattern("^revision_number=[0-9]{1,9}$", "revision_number=1")
                        .json());
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-Auth-Token")
                .put("description", "A token of the Identity service.");
        return components;
    }

    /** Says of every id in a schema, by its name, where to look for what it may be. */
    private ObjectNode linked(ObjectNode schema) {
        schema.properties().forEach(keyword -> {
            if (keyword.getValue() instanceof ObjectNode inner) {
                if (keyword.getKey().equals("properties")) {
                    link(inner);
                }
                linked(inner);
            } else if (keyword.getKey().equals("anyOf")) {
                keyword.getValue().forEach(one -> linked((ObjectNode) one));
            }
        });
        return schema;
    }

    private void link(ObjectNode properties) {
        properties.properties().forEach(property -> {
            var named = named(property.getKey());
            if (named != null && property.getValue() instanceof ObjectNode schema) {
                schema.put("x-isospin-collection", collection(named));
            }
        });
    }

    private @Nullable Resource named(String id) {
        return id.endsWith(ID) ? resources.get(id.substring(0, id.length() - ID.length())) : null;
    }

    private static String collection(Resource resource) {
        return "/v2.0/" + resource.path();
    }
}
