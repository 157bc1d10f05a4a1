package io.isospin.cli.api;

import io.isospin.cli.failure.Failure;
import tools.jackson.databind.JsonNode;

/** The server's answer was an error. */
public final class Refused extends Failure {
    private final int code;

    private Refused(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** The error in the words of the server, with the identity of the request where it gave one. */
    static Refused of(Http.Answer answer) {
        String message = message(answer);
        return new Refused(
                answer.status(),
                answer.requestId().isEmpty()
                        ? message
                        : message + "\nNeutron server returns request_ids: ['" + answer.requestId() + "']");
    }

    private static String message(Http.Answer answer) {
        JsonNode body;
        try {
            body = Json.read(answer.body());
        } catch (IllegalArgumentException e) {
            return answer.status() + "-" + answer.body().strip();
        }
        var error = body.path("NeutronError");
        if (error.isObject()) {
            String detail = error.path("detail").asString("");
            String message = error.path("message").asString("");
            return detail.isEmpty() ? message : message + "\n" + detail;
        }
        if (error.isString()) {
            return error.stringValue();
        }
        String message =
                body.path("message").asString(body.path("error").path("message").asString(""));
        if (!message.isEmpty()) {
            return message;
        }
        String text = answer.body().strip();
        return answer.status() + "-" + (text.isEmpty() ? answer.reason() : text);
    }
}
