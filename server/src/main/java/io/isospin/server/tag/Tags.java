package io.isospin.server.tag;

import io.isospin.core.schema.InvalidValue;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Schema;
import io.isospin.core.schema.StructuredTypes;
import io.isospin.core.schema.Type;
import io.isospin.server.api.Access;
import io.isospin.server.api.BadRequest;
import io.isospin.server.api.Documents;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /{collection}/{id}/tags}: all tags of a resource, and single ones by their name. */
public final class Tags implements MemberHandler {
    private final Resource resource;
    private final Store store;
    private final Access access;

    public Tags(Resource resource, Store store, Policy policy) {
        this.resource = resource;
        this.store = store;
        this.access = new Access(resource, policy);
    }

    @Override
    public Response handle(Request request, String id, List<String> rest) {
        return switch (rest.size()) {
            case 0 -> all(request, id);
            case 1 -> one(request, id, valid(rest.getFirst()));
            default -> throw NotFound.page();
        };
    }

    @Override
    public List<Operation> operations() {
        String member = resource.member();
        var body = Schema.of("object").mustKey("tags", StructuredTypes.TAGS.schema());
        return List.of(
                Operation.of("GET", "", "list_" + member + "_tags", "List its tags")
                        .answers(200, body),
                Operation.of("PUT", "", "replace_" + member + "_tags", "Give it these tags in place of all that it has")
                        .ifMatch()
                        .takes(body)
                        .answers(200, body),
                Operation.of("POST", "", "add_" + member + "_tags", "Give it these tags beside those that it has")
                        .ifMatch()
                        .takes(body)
                        .answers(200, body),
                Operation.of("DELETE", "", "remove_" + member + "_tags", "Take all of its tags away")
                        .ifMatch(),
                Operation.of("GET", "/{tag}", "check_" + member + "_tag", "Whether it has a tag"),
                Operation.of("PUT", "/{tag}", "add_" + member + "_tag", "Give it one tag more")
                        .ifMatch()
                        .answers(201, Schema.of("null")),
                Operation.of("DELETE", "/{tag}", "remove_" + member + "_tag", "Take one tag away")
                        .ifMatch());
    }

    private Response all(Request request, String id) {
        return switch (request.method()) {
            case "GET" -> Response.ok(body(store.read(view -> of(seen(view, request, id)))));
            case "PUT" -> {
                var wanted = given(request.body());
                change(request, id, tags -> {
                    tags.clear();
                    tags.addAll(texts(wanted));
                });
                yield Response.ok(body(wanted));
            }
            case "POST" -> {
                var more = given(request.body());
                change(request, id, tags -> tags.addAll(texts(more)));
                yield Response.ok(body(more));
            }
            case "DELETE" -> {
                change(request, id, Set::clear);
                yield Response.noContent();
            }
            default -> throw new MethodNotAllowed();
        };
    }

    private Response one(Request request, String id, String tag) {
        return switch (request.method()) {
            case "GET" -> {
                var tags = texts(store.read(view -> of(seen(view, request, id))));
                if (!tags.contains(tag)) {
                    throw notFound(tag);
                }
                yield Response.noContent();
            }
            case "PUT" -> {
                change(request, id, tags -> tags.add(tag));
                yield new Response(201, "null");
            }
            case "DELETE" -> {
                change(request, id, tags -> {
                    if (!tags.remove(tag)) {
                        throw notFound(tag);
                    }
                });
                yield Response.noContent();
            }
            default -> throw new MethodNotAllowed();
        };
    }

    private void change(Request request, String id, Consumer<Set<String>> edit) {
        store.write(view -> {
            seen(view, request, id);
            var current = access.changeable(view, request, "update", id);
            var tags = new TreeSet<>(texts(of(current)));
            edit.accept(tags);
            var after = JsonNodeFactory.instance.arrayNode();
            tags.forEach(after::add);
            var values = JsonNodeFactory.instance.objectNode();
            values.set("tags", after);
            return new Decision<>(Documents.updated(resource, current, values, view.now()), true);
        });
    }

    private ObjectNode seen(View view, Request request, String id) {
        try {
            return access.seen(view, request, id);
        } catch (NotFound e) {
            throw new NotFound(
                    "TagResourceNotFound", "Resource " + resource.collection() + " " + id + " could not be found.");
        }
    }

    private static JsonNode of(ObjectNode document) {
        return document.path("tags");
    }

    private static List<String> texts(JsonNode tags) {
        return tags.valueStream().map(JsonNode::asString).toList();
    }

    private static ArrayNode given(@Nullable JsonNode body) {
        if (body == null || !body.isObject() || !body.has("tags")) {
            throw BadRequest.input("Invalid tags body");
        }
        return (ArrayNode) checked(StructuredTypes.TAGS, body.path("tags"));
    }

    private static String valid(String tag) {
        checked(StructuredTypes.TAGS, JsonNodeFactory.instance.arrayNode().add(tag));
        return tag;
    }

    private static JsonNode checked(Type type, JsonNode value) {
        try {
            return type.convert(value);
        } catch (InvalidValue e) {
            throw BadRequest.input(String.valueOf(e.getMessage()));
        }
    }

    private static NotFound notFound(String tag) {
        return new NotFound("TagNotFound", "Tag " + tag + " could not be found.");
    }

    private static ObjectNode body(JsonNode tags) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("tags", tags);
        return body;
    }
}
