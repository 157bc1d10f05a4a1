package io.isospin.server.extension;

import io.isospin.core.schema.Schema;
import io.isospin.server.api.Handler;
import io.isospin.server.api.NotFound;
import io.isospin.server.api.Operation;
import io.isospin.server.api.Request;
import io.isospin.server.api.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v2.0/extensions}: what this server does beyond the core, and nothing that it does not. Names, texts and
 * dates are Neutron's; they lie in {@code extensions.jsonl}, a line each.
 */
public final class Extensions implements Handler {
    private final List<Extension> all;

    /** {@code off}: the aliases of what a setting has switched off. */
    public Extensions(Set<String> off) {
        all = read().stream()
                .filter(extension -> !off.contains(extension.alias()))
                .toList();
    }

    private static List<Extension> read() {
        var found = new ArrayList<Extension>();
        try (var lines = Objects.requireNonNull(Extensions.class.getResourceAsStream("/extensions.jsonl"));
                var values = JsonMapper.shared().readerFor(ObjectNode.class).<ObjectNode>readValues(lines)) {
            values.forEachRemaining(line -> found.add(new Extension(
                    line.path("alias").asString(),
                    line.path("name").asString(),
                    line.path("description").asString(),
                    line.path("updated").asString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    public List<Operation> operations() {
        var text = Schema.of("string");
        var extension = Schema.of("object")
                .mustKey("name", text)
                .mustKey("alias", text)
                .mustKey("description", text)
                .mustKey("updated", text)
                .mustKey("links", Schema.listOf(Schema.reference("link")));
        return List.of(
                Operation.of("GET", "", "list_extensions", "List what the API has beyond its core")
                        .answers(200, Schema.of("object").mustKey("extensions", Schema.listOf(extension))),
                Operation.of("GET", "/{alias}", "show_extension", "Show one extension")
                        .answers(200, Schema.of("object").mustKey("extension", extension)));
    }

    @Override
    public Response handle(Request request) {
        var path = request.path();
        if (!request.method().equals("GET") || path.size() > 2) {
            throw NotFound.page();
        }
        var body = JsonNodeFactory.instance.objectNode();
        if (path.size() == 1) {
            var list = body.putArray("extensions");
            all.forEach(extension -> list.add(document(extension)));
            return Response.ok(body);
        }
        String alias = path.get(1);
        var found = all.stream().filter(one -> one.alias().equals(alias)).findFirst();
        if (found.isEmpty()) {
            throw new NotFound("ExtensionNotFound", "Extension with alias " + alias + " does not exist");
        }
        body.set("extension", document(found.get()));
        return Response.ok(body);
    }

    private static ObjectNode document(Extension extension) {
        var out = JsonNodeFactory.instance
                .objectNode()
                .put("name", extension.name())
                .put("alias", extension.alias())
                .put("description", extension.description())
                .put("updated", extension.updated());
        out.putArray("links");
        return out;
    }
}
