package io.isospin.server.extension;

import io.isospin.server.api.Response;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the server's root and the version's root tell. */
public final class Versions {
    private Versions() {}

    /** {@code GET /}. {@code base}: scheme and host as the client wrote them. */
    public static Response versions(String base) {
        var body = JsonNodeFactory.instance.objectNode();
        var version = body.putArray("versions").addObject().put("id", "v2.0").put("status", "CURRENT");
        version.putArray("links").addObject().put("rel", "self").put("href", base + "/v2.0/");
        return Response.ok(body);
    }

    /** {@code GET /v2.0/}. */
    public static Response resources(String base) {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("resources");
        list.add(resource(base, "network", "networks"));
        list.add(resource(base, "subnet", "subnets"));
        list.add(resource(base, "port", "ports"));
        return Response.ok(body);
    }

    private static ObjectNode resource(String base, String name, String collection) {
        var out = JsonNodeFactory.instance.objectNode().put("name", name).put("collection", collection);
        out.putArray("links").addObject().put("rel", "self").put("href", base + "/v2.0/" + collection);
        return out;
    }
}
