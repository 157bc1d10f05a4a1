package io.isospin.lab.image;

import io.isospin.lab.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image as Glance knows it at a moment.
 *
 * @param basics what its owner says of it and may change
 * @param data what was uploaded; empty while there is nothing
 * @param properties what Glance calls additional properties, such as {@code isospin:driver}
 */
record Image(
        String id,
        String owner,
        String status,
        Basics basics,
        List<String> tags,
        Map<String, String> properties,
        Optional<Data> data,
        Instant created,
        Instant updated) {
    static final String QUEUED = "queued";
    static final String ACTIVE = "active";
    static final String DEACTIVATED = "deactivated";

    /** Attributes that an owner sets; {@code minDisk} in GiB, {@code minRam} in MiB. */
    record Basics(
            @Nullable String name,
            String visibility,
            @Nullable String containerFormat,
            @Nullable String diskFormat,
            int minDisk,
            int minRam,
            boolean isProtected,
            boolean hidden) {}

    /** What was uploaded: its bytes, and digests in hexadecimal. */
    record Data(long size, String md5, String sha512) {}

    Image basics(Basics to, Instant now) {
        return new Image(id, owner, status, to, tags, properties, data, created, now);
    }

    Image tags(List<String> to, Instant now) {
        return new Image(id, owner, status, basics, List.copyOf(to), properties, data, created, now);
    }

    Image properties(Map<String, String> to, Instant now) {
        return new Image(id, owner, status, basics, tags, new TreeMap<>(to), data, created, now);
    }

    Image status(String to, Instant now) {
        return new Image(id, owner, to, basics, tags, properties, data, created, now);
    }

    Image uploaded(Data to, Instant now) {
        return new Image(id, owner, ACTIVE, basics, tags, properties, Optional.of(to), created, now);
    }

    boolean isPublic() {
        return basics.visibility().equals("public") || basics.visibility().equals("community");
    }

    /** For the shelf. */
    ObjectNode json() {
        var node = Json.object()
                .put("id", id)
                .put("owner", owner)
                .put("status", status)
                .put("created", created.toString())
                .put("updated", updated.toString());
        ImageView.basics(node, basics);
        node.set("tags", Json.strings(tags));
        node.set("properties", Json.map(properties));
        data.ifPresent(there -> node.putObject("data")
                .put("size", there.size())
                .put("md5", there.md5())
                .put("sha512", there.sha512()));
        return node;
    }

    static Image read(JsonNode node) {
        BiFunction<JsonNode, String, String> text =
                (from, name) -> from.path(name).asString("");
        var data = node.path("data");
        var properties = new TreeMap<String, String>();
        node.path("properties")
                .properties()
                .forEach(
                        entry -> properties.put(entry.getKey(), entry.getValue().asString("")));
        return new Image(
                text.apply(node, "id"),
                text.apply(node, "owner"),
                text.apply(node, "status"),
                readBasics(node),
                node.path("tags").valueStream().map(tag -> tag.asString("")).toList(),
                properties,
                data.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new Data(
                                data.path("size").asLong(0), text.apply(data, "md5"), text.apply(data, "sha512"))),
                Instant.parse(text.apply(node, "created")),
                Instant.parse(text.apply(node, "updated")));
    }

    /** As {@link ImageView#basics} writes them. */
    static Basics readBasics(JsonNode node) {
        return new Basics(
                node.path("name").stringValue(null),
                node.path("visibility").asString("shared"),
                node.path("container_format").stringValue(null),
                node.path("disk_format").stringValue(null),
                node.path("min_disk").asInt(0),
                node.path("min_ram").asInt(0),
                node.path("protected").asBoolean(false),
                node.path("os_hidden").asBoolean(false));
    }
}
