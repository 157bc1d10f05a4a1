package io.isospin.server.openapi;

import io.isospin.core.schema.Schema;
import io.isospin.server.api.Operation;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Other ends than success, as the description tells them: which an operation may come to, and their bodies. */
final class Refusals {
    private static final String NEUTRON = "NeutronError";
    private static final String KEYSTONE = "IdentityError";
    private static final String HIDDEN = "HiddenError";

    private Refusals() {}

    /** Names of responses by their status. */
    static Map<Integer, String> of(Operation operation) {
        var all = new TreeMap<Integer, String>();
        if (operation.path().equals(Published.PATH)) {
            all.put(304, "NotModified");
        }
        if (!operation.path().startsWith("/v2.0/")) {
            return all;
        }
        all.put(400, "BadRequest");
        all.put(401, "Unauthorized");
        all.put(403, "Forbidden");
        all.put(404, "NotFound");
        all.put(503, "ServiceUnavailable");
        if (!operation.method().equals("GET") && !operation.method().equals("HEAD")) {
            all.put(409, "Conflict");
            all.put(500, "Failed");
        }
        if (operation.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("watch"))) {
            all.put(410, "Gone");
        }
        if (operation.conditional()) {
            all.put(412, "PreconditionFailed");
        }
        if (operation.request() != null) {
            all.put(413, "TooLarge");
        }
        return all;
    }

    static ObjectNode responses() {
        var all = JsonNodeFactory.instance.objectNode();
        var neutron = Schema.reference(NEUTRON);
        all.putObject("NotModified").put("description", "The client has it already, as its If-None-Match says.");
        response(all, "BadRequest", "The request is wrong, and the message says where.", neutron);
        response(all, "Unauthorized", "There is no token, or it is not valid.", Schema.reference(KEYSTONE));
        response(all, "Forbidden", "Policy does not allow it.", neutron);
        response(
                all,
                "NotFound",
                "There is no such thing, or none that the caller may see.",
                Schema.anyOf(neutron, Schema.reference(HIDDEN)));
        response(all, "Conflict", "The state of things does not allow it.", neutron);
        response(all, "Gone", "The log does not reach back to the revision any more.", neutron);
        response(all, "PreconditionFailed", "The resource has another revision than If-Match names.", neutron);
        response(all, "TooLarge", "The body is larger than the operator allows.", neutron);
        response(all, "Failed", "It cannot be done, and Neutron has no other status for why.", neutron);
        response(all, "ServiceUnavailable", "What is needed has run out, or is away for now.", neutron);
        return all;
    }

    private static void response(ObjectNode all, String name, String description, Schema schema) {
        all.putObject(name)
                .put("description", description)
                .putObject("content")
                .putObject("application/json")
                .set("schema", schema.json());
    }

    /** By the names of the components. */
    static Map<String, ObjectNode> schemas() {
        var text = Schema.of("string");
        var error = Schema.of("object")
                .mustKey("type", text.with("description", "The class of the error, which clients go by."))
                .mustKey("message", text.with("description", "What is wrong, for people."))
                .mustKey("detail", text.with("description", "Empty."));
        var identity = Schema.of("object")
                .mustKey("code", Schema.of("integer"))
                .mustKey("title", text)
                .mustKey("message", text);
        var all = new TreeMap<String, ObjectNode>();
        all.put(NEUTRON, Schema.object().mustKey(NEUTRON, error).json());
        all.put(KEYSTONE, Schema.object().mustKey("error", identity).json());
        all.put(HIDDEN, Schema.object().mustKey("message", text).json());
        return all;
    }
}
