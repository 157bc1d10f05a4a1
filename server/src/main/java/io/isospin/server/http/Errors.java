package io.isospin.server.http;

import io.isospin.server.api.ApiError;
import io.isospin.server.api.Response;
import tools.jackson.databind.node.JsonNodeFactory;

/** Failures in the form that clients of Neutron know. */
final class Errors {
    private Errors() {}

    static Response response(ApiError error) {
        if (error.status() == 401) {
            // Answered by keystonemiddleware in front of Neutron, in Keystone's form.
            var body = JsonNodeFactory.instance.objectNode();
            body.putObject("error")
                    .put("code", 401)
                    .put("title", "Unauthorized")
                    .put("message", error.text());
            return new Response(401, body.toString());
        }
        if (error.type().isEmpty()) {
            var body = JsonNodeFactory.instance.objectNode().put("message", error.text());
            return new Response(error.status(), body.toString());
        }
        return response(error.status(), error.type(), error.text());
    }

    static Response response(int status, String type, String message) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("NeutronError").put("type", type).put("message", message).put("detail", "");
        return new Response(status, body.toString());
    }

    static Response internal() {
        return response(
                500, "HTTPInternalServerError", "Request Failed: internal server error while processing your request.");
    }
}
