package io.isospin.server.http;

import io.isospin.core.schema.Schema;
import io.isospin.server.api.Operation;
import io.isospin.server.openapi.Published;
import java.util.List;
import java.util.stream.Stream;

/** What the server itself answers, before any resource. */
public final class Roots {
    static final String DESCRIPTION = Published.PATH;
    static final String HEALTH = "/healthcheck";
    static final String VERSION = "/v2.0/";

    private Roots() {}

    /** Without a token. */
    public static List<Operation> open() {
        var version = Schema.of("object")
                .mustKey("id", Schema.of("string"))
                .mustKey("status", Schema.of("string"))
                .mustKey("links", Schema.listOf(Schema.reference("link")));
        var versions = Schema.of("object").mustKey("versions", Schema.listOf(version));
        var health = Schema.of("object")
                .mustKey("detailed", Schema.of("boolean"))
                .mustKey("reasons", Schema.listOf(Schema.of("string")));
        return Stream.of(
                        both("/", "versions", "Which versions of the API there are", versions),
                        both(DESCRIPTION, "description", "This description", Schema.of("object")),
                        List.of(
                                Operation.of("GET", HEALTH, "show_health", "Whether this server should get requests")
                                        .answers(200, health),
                                Operation.of(
                                        "HEAD", HEALTH, "check_health", "Whether this server should get requests")))
                .flatMap(List::stream)
                .toList();
    }

    /** With a token. */
    public static List<Operation> guarded() {
        var resource = Schema.of("object")
                .mustKey("name", Schema.of("string"))
                .mustKey("collection", Schema.of("string"))
                .mustKey("links", Schema.listOf(Schema.reference("link")));
        var resources = Schema.of("object").mustKey("resources", Schema.listOf(resource));
        return both(VERSION, "resources", "What the core of the API has", resources);
    }

    private static List<Operation> both(String path, String what, String summary, Schema answer) {
        return List.of(
                Operation.of("GET", path, "show_" + what, summary).answers(200, answer),
                Operation.of("HEAD", path, "check_" + what, summary).answers(200, Schema.ANY));
    }
}
