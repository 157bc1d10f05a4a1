package io.isospin.server.api;

import static io.isospin.server.api.Documents.id;

import io.isospin.core.schema.Bodies;
import io.isospin.core.schema.Resource;
import io.isospin.server.policy.Policy;
import io.isospin.server.policy.Sight;
import io.isospin.server.quota.Quotas;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
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

    @Override
    public List<Operation> operations() {
        var all = new ArrayList<Operation>();
        all.add(Operations.list(resource).query(Operations.listParameters(resource)));
        if (endpoint.creates()) {
            all.add(Operations.create(resource));
        }
        all.add(Operations.show(resource));
        if (endpoint.changes()) {
            all.add(Operations.update(resource).ifMatch());
            all.add(Operations.delete(resource).ifMatch());
        }
        below.forEach((name, handler) -> handler.operations()
                .forEach(operation -> all.add(operation.below(Operations.one(resource) + "/" + name))));
        return all;
    }

    private Response list(Request request) {
        var asked = ListRequest.of(resource, request.query(), request.caller());
        var found = store.read(view -> new At(view.revision(), page(view, request, asked)));
        var page = found.page();
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
        return new Response(200, body.append('}').toString()).at(found.revision());
    }

    /** The documents of an answer in their order, as the caller sees them, and the ids of the first and the last. */
    private record Page(List<String> texts, String first, String last) {
        static final Page EMPTY = new Page(List.of(), "", "");
    }

    /** {@code revision}: of the store that shows it. */
    private record At(long revision, Page page) {}

    private Page page(View view, Request request, ListRequest asked) {
        var sight = policy.sight(view, resource, request.caller());
        if (sight.isBlind()) {
            return Page.EMPTY;
        }
        var query = endpoint.stored(view, asked.query(view, resource, policy.visible(resource, request.caller())));
        boolean whole = sight.isWhole() && !sight.isSelective() && !endpoint.completes();
        if (whole && asked.fields().isEmpty()) {
            // Documents are stored in the form of the answer: who sees all of them gets their text as it is.
            return page(asked, view.texts(resource, query));
        }
        var columns = resource.textColumns(asked.fields());
        if (whole && asked.limit() == 0 && columns.isPresent()) {
            return page(asked, view.columns(resource, columns.get(), query));
        }
        var found = sight.isSelective() ? selected(view, sight, query) : view.list(resource, query);
        var inOrder = asked.reverse() ? found.reversed() : found;
        var texts = inOrder.stream()
                .map(document -> sight.shown(view, endpoint.completed(view, document), asked.fields())
                        .toString())
                .toList();
        return inOrder.isEmpty() ? Page.EMPTY : new Page(texts, id(inOrder.getFirst()), id(inOrder.getLast()));
    }

    /** A page of what the caller sees: what a rule hides is left out, and the page goes on until it is full. */
    private List<ObjectNode> selected(View view, Sight sight, Query query) {
        var selected = new ArrayList<ObjectNode>();
        var next = query;
        while (true) {
            var found = view.list(resource, next);
            found.stream()
                    .filter(document -> sight.sees(view, document))
                    .limit(query.limit() == 0 ? Long.MAX_VALUE : query.limit() - selected.size())
                    .forEach(selected::add);
            if (query.limit() == 0 || selected.size() == query.limit() || found.size() < query.limit()) {
                return selected;
            }
            next = query.after(found.getLast());
        }
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
        return store.read(view -> {
            String text = view.text(resource, id).orElseThrow(() -> NotFound.of(resource, id));
            if (asked.isEmpty() && !endpoint.completes() && policy.seesAll(view, resource, request.caller(), id)) {
                return new Response(200, "{\"" + resource.member() + "\":" + text + "}");
            }
            var document = view.get(resource, id).orElseThrow(() -> NotFound.of(resource, id));
            var sight = policy.show(view, resource, request.caller(), document);
            return Response.ok(member(sight.shown(view, endpoint.completed(view, document), asked)));
        });
    }

    private Response create(Request request) {
        if (!endpoint.creates()) {
            throw new MethodNotAllowed();
        }
        var posted =
                Bodies.post(resource, request.requiredBody(), request.caller().project());
        List<Function<View, Decision<ObjectNode>>> decisions = new ArrayList<>();
        for (var values : posted.items()) {
            decisions.add(view -> {
                policy.mayCreate(view, resource, request.caller(), values);
                quotas.check(view, resource, values.path("project_id").asString());
                // A decision may be made again, from the same values.
                return shown(view, request, endpoint.create(view, request.caller(), values.deepCopy()));
            });
        }
        var created = store.writeAll(decisions);
        if (!posted.bulk()) {
            return new Response(201, member(created.getFirst()).toString());
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray(resource.collection()).addAll(created);
        return new Response(201, body.toString());
    }

    private Response update(Request request, String id) {
        mustChange();
        var values = Bodies.put(resource, request.requiredBody());
        var document = store.write(view -> {
            var current = access.updatable(view, request, id, values);
            return shown(view, request, endpoint.update(view, request.caller(), current, values.deepCopy()));
        });
        return Response.ok(member(document));
    }

    /** The decision with what its caller sees of the answer. */
    private Decision<ObjectNode> shown(View view, Request request, Decision<ObjectNode> decision) {
        var sight = policy.sight(view, resource, request.caller(), decision.answer());
        return new Decision<>(decision.changes(), sight.shown(view, decision.answer(), List.of()));
    }

    private void mustChange() {
        if (!endpoint.changes()) {
            throw new MethodNotAllowed();
        }
    }

    private Response delete(Request request, String id) {
        mustChange();
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
}
