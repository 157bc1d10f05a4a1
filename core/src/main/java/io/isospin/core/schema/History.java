package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.TIME;
import static io.isospin.core.schema.ScalarTypes.oneOf;
import static io.isospin.core.schema.ScalarTypes.text;

import java.util.List;

/** What has happened: an entry for each change of a document, and for each answer of a host that changed none. */
public final class History {
    private static final Schema CHANGED = Schema.object()
            .mustKey("attribute", Schema.of("string").example("status"))
            .mustKey("before", Schema.ANY)
            .mustKey("after", Schema.ANY);

    private static final Schema REPORT = Schema.object()
            .mustKey("entity", Schema.oneOf(List.of("L2", "DHCP")))
            .mustKey("up", Schema.of("boolean"))
            .mustKey("reason", Schema.of("string"));

    /** It follows from the change log, so it is nowhere stored as it is shown. Its id is the revision, in decimal. */
    public static final Resource CHANGE = Resource.of(
            "change",
            "changes",
            false,
            List.of(
                    Attribute.of("id", text(20)).filterOnly().inLists(),
                    Attribute.of("created_at", TIME).inLists(),
                    Attribute.of("type", oneOf("created", "updated", "deleted", "reported"))
                            .filterOnly()
                            .inLists(),
                    Attribute.of("object_type", text(64)).filterOnly().inLists(),
                    Attribute.of("object_id", text(36)).filterOnly().inLists(),
                    Attribute.of("object_name", text(255).nullInAnswers()).inLists(),
                    Attribute.of("network_id", ID.nullInAnswers()).filterOnly(),
                    Attribute.of("tenant_id", text(255).nullInAnswers()),
                    Attribute.of("project_id", text(255).nullInAnswers()),
                    Attribute.of("user_id", text(255).nullInAnswers()).filterOnly(),
                    Attribute.of("user_name", text(255).nullInAnswers()).inLists(),
                    Attribute.of("host", text(255).nullInAnswers()).filterOnly().inLists(),
                    Attribute.of("request_id", text(64).nullInAnswers()).filterOnly(),
                    Attribute.of("changed", Type.shown(Schema.listOf(CHANGED))),
                    Attribute.of("report", Type.shown(REPORT.orNull()))));

    /** What a host said of a port where that changed nothing that is shown of it. It is in the change log alone. */
    public static final Resource ANSWER = Resource.of("answer", "answers", false, List.of());

    private History() {}
}
