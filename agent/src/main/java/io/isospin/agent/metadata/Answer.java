package io.isospin.agent.metadata;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a guest is answered. */
final class Answer {
    /** The sentences that WebOb has for statuses, which is what guests of Neutron's agent see. */
    private static final Map<Integer, String> EXPLANATIONS = Map.of(
            400,
            "The server could not comply with the request since it is either malformed or otherwise incorrect.",
            403,
            "Access was denied to this resource.",
            404,
            "The resource could not be found.",
            409,
            "There was a conflict when trying to complete your request.",
            500,
            "The server has either erred or is incapable of performing the requested operation.",
            502,
            "Bad gateway.",
            503,
            "The server is currently unavailable. Please try again at a later time.",
            504,
            "The gateway has timed out.");

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private final int status;
    private final String type;
    private final long length;
    private final byte[] body;

    /**
     * @param type the body's media type
     * @param length of the body in bytes, which a HEAD's answer has without it
     */
    Answer(int status, String type, long length, byte[] body) {
        this.status = status;
        this.type = type;
        this.length = length;
        this.body = body;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    long length() {
        return length;
    }

    byte[] body() {
        return body;
    }

    static Answer of(String type, byte[] body) {
        return new Answer(200, type, body.length, body);
    }

    /** A refusal in the words that the status has by itself. */
    static Answer refusal(int status, boolean html) {
        return refusal(status, EXPLANATIONS.getOrDefault(status, ""), html);
    }

    /** A refusal as WebOb words it: a page for clients that take HTML, plain text for the others. */
    static Answer refusal(int status, String explanation, boolean html) {
        String title = status + " " + reason(status);
        String text = html
                ? "<html>\n <head>\n  <title>" + title + "</title>\n </head>\n <body>\n  <h1>" + title + "</h1>\n  "
                        + escaped(explanation) + "<br /><br />\n\n\n\n </body>\n</html>"
                : title + "\n\n" + explanation + "\n\n   ";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(status, (html ? "text/html" : "text/plain") + "; charset=UTF-8", body.length, body);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String reason(int status) {
        return REASONS.getOrDefault(status, "");
    }
}
