package io.isospin.server.api;

import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Audience;
import io.isospin.core.schema.Bodies;
import io.isospin.core.schema.Resource;
import io.isospin.server.policy.Policy;
import io.isospin.server.quota.Quotas;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The five calls on a collection, the same for every resource: who, which, what, and the answer in its form. */
public final class Collection implements Handler {
    private final Endpoint endpoint;
    private final Resource resource;
    private final Store store;
    private final Policy policy;
    private final Quotas quotas;
    private final Access access;
    private final Map<String, MemberHandler> below;

    public Collection(Endpoint endpoint, Store store, Policy policy, Quotas quotas) {
        this(endpoint, store, policy, quotas, Map.of());
    }

    /** {@code below}: what answers below one member, by the segment of the path that asks for it. */
    public Collection(Endpoint endpoint, Store store, Policy policy, Quotas quotas, Map<String, MemberHandler> below) {
        this.endpoint = endpoint;
        this.resource = endpoint.resource();
        this.store = store;
        this.policy = policy;
        this.quotas = quotas;
        this.access = new Access(resource, policy);
        this.below = Map.copyOf(below);
    }

    @Override
    public Response handle(Request request) {
        var rest = request.path().subList(1, request.path().size());
        if (rest.size() > 1) {
            var handler = below.get(rest.get(1));
            if (handler == null) {
                throw NotFound.page();
            }
            return handler.handle(request, rest.getFirst(), rest.subList(2, rest.size()));
        }
        if (rest.isEmpty()) {
            return switch (request.method()) {
                case "GET" -> list(request);
                case "POST" -> create(request);
                default -> throw new MethodNotAllowed();
            };
        }
        String id = rest.getFirst();
        return switch (request.method()) {
            case "GET" -> show(request, id);
            case "PUT" -> update(request, id);
            case "DELETE" -> delete(request, id);
            default -> throw new MethodNotAllowed();
        };
    }

    private Response list(Request request) {
        var asked = ListRequest.of(resource, request.query());
        var visible = policy.visible(resource, request.caller());
        var page = page(request, asked, visible);
        var body =
                new StringBuilder(page.texts().stream().mapToInt(String::length).sum() + 64);
        body.append("{\"").append(resource.collection()).append("\":[");
        body.append(String.join(",", page.texts())).append(']');
        if (asked.limit() > 0) {
            var links = Pages.links(
                    request.url(),
                    request.query(),
                    asked.limit(),
                    asked.reverse(),
                    page.texts().size(),
                    page.first(),
                    page.last());
            if (!links.isEmpty()) {
                body.append(",\"")
                        .append(resource.collection())
                        .append("_links\":")
                        .append(links);
            }
        }
        return new Response(200, body.append('}').toString());
    }

    /** The documents of an answer in their order, as the caller sees them, and the ids of the first and the last. */
    private record Page(List<String> texts, String first, String last) {}

    private Page page(Request request, ListRequest asked, List<Condition> visible) {
        boolean all = policy.seesAll(resource, request.caller());
        if (all && asked.fields().isEmpty()) {
            // Documents are stored in the form of the answer: who sees all of them gets their text as it is.
            return page(asked, store.read(view -> view.texts(resource, asked.query(view, resource, visible))));
        }
        var columns = resource.textColumns(asked.fields());
        if (all && asked.limit() == 0 && columns.isPresent()) {
            return page(
                    asked,
                    store.read(view -> view.columns(resource, columns.get(), asked.query(view, resource, visible))));
        }
        var found = store.read(view -> view.list(resource, asked.query(view, resource, visible)));
        var inOrder = asked.reverse() ? found.reversed() : found;
        var texts = inOrder.stream()
                .map(document -> shown(request, document, asked.fields()).toString())
                .toList();
        return inOrder.isEmpty()
                ? new Page(List.of(), "", "")
                : new Page(texts, id(inOrder.getFirst()), id(inOrder.getLast()));
    }

    private static Page page(ListRequest asked, List<String> texts) {
        var inOrder = asked.reverse() ? texts.reversed() : texts;
        return asked.limit() == 0 || inOrder.isEmpty()
                ? new Page(inOrder, "", "")
                : new Page(inOrder, idOf(inOrder.getFirst()), idOf(inOrder.getLast()));
    }

    private static String idOf(String document) {
        return JsonMapper.shared().readTree(document).path("id").asString();
    }

    private Response show(Request request, String id) {
        var asked = request.query().getOrDefault("fields", List.of());
        if (asked.isEmpty() && request.caller().isAdmin()) {
            String text = store.read(view -> view.text(resource, id)).orElseThrow(() -> NotFound.of(resource, id));
            return new Response(200, "{\"" + resource.member() + "\":" + text + "}");
        }
        var document = store.read(view -> access.seen(view, request, id));
        return Response.ok(member(shown(request, document, asked)));
    }

    private Response create(Request request) {
        var posted =
                Bodies.post(resource, request.requiredBody(), request.caller().project());
        var given = givenBodies(request, posted.items().size());
        List<Function<View, Decision<ObjectNode>>> decisions = new ArrayList<>();
        for (int i = 0; i < posted.items().size(); i++) {
            var values = posted.items().get(i);
            var named = given.get(i);
            decisions.add(view -> {
                policy.mayCreate(view, resource, request.caller(), values, named);
                quotas.check(view, resource, values.path("project_id").asString());
                return endpoint.create(view, request.caller(), values);
            });
        }
        var created = store.writeAll(decisions);
        var shown = created.stream()
                .map(document -> shown(request, document, List.of()))
                .toList();
        if (!posted.bulk()) {
            return new Response(201, member(shown.getFirst()).toString());
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray(resource.collection()).addAll(shown);
        return new Response(201, body.toString());
    }

    /** The attributes that the client itself named in each body: rights are asked for those alone. */
    private List<ObjectNode> givenBodies(Request request, int count) {
        var body = request.requiredBody();
        var given = new ArrayList<ObjectNode>(count);
        if (body.get(resource.member()) instanceof ObjectNode one) {
            given.add(one);
        } else {
            for (var item : body.path(resource.collection())) {
                given.add((ObjectNode) (item.has(resource.member()) ? item.path(resource.member()) : item));
            }
        }
        return given;
    }

    private Response update(Request request, String id) {
        var values = Bodies.put(resource, request.requiredBody());
        var document = store.write(view -> {
            var current = access.changeable(view, request, "update", id);
            policy.maySet(view, resource, "update", request.caller(), values, current);
            return endpoint.update(view, request.caller(), current, values);
        });
        return Response.ok(member(shown(request, document, List.of())));
    }

    private Response delete(Request request, String id) {
        if (request.body() != null) {
            throw BadRequest.http("Request body is not supported in DELETE.");
        }
        store.write(view -> endpoint.delete(view, request.caller(), access.changeable(view, request, "delete", id)));
        return Response.noContent();
    }

    private ObjectNode member(ObjectNode document) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set(resource.member(), document);
        return body;
    }

    private ObjectNode shown(Request request, ObjectNode document, List<String> fields) {
        boolean all = policy.seesAll(resource, request.caller());
        if (all && fields.isEmpty()) {
            return document;
        }
        var out = JsonNodeFactory.instance.objectNode();
        for (var attribute : resource.attributes().values()) {
            var value = document.get(attribute.name());
            boolean wanted = fields.isEmpty() || fields.contains(attribute.name());
            boolean allowed = all
                    || attribute.seenBy() == Audience.ANYONE
                    || (attribute.seenBy() == Audience.SERVICE
                            && request.caller().isService());
            if (value != null && wanted && allowed) {
                out.set(attribute.name(), value);
            }
        }
        return out;
    }
}
