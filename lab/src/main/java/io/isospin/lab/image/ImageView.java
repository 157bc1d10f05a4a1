package io.isospin.lab.image;

import io.isospin.lab.http.Json;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Images as Glance shows them, and the schema of that. */
final class ImageView {
    static final String SCHEMA = "/v2/schemas/image";

    private ImageView() {}

    static ObjectNode of(Image image) {
        var node = Json.object();
        image.properties().forEach(node::put);
        node.put("id", image.id()).put("owner", image.owner()).put("status", image.status());
        basics(node, image.basics());
        var data = image.data();
        node.put("size", data.map(Image.Data::size).orElse(null))
                .put("checksum", data.map(Image.Data::md5).orElse(null))
                .put("os_hash_algo", data.isPresent() ? "sha512" : null)
                .put("os_hash_value", data.map(Image.Data::sha512).orElse(null))
                .putNull("virtual_size")
                .put(
                        "created_at",
                        image.created().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "updated_at",
                        image.updated().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("self", "/v2/images/" + image.id())
                .put("file", "/v2/images/" + image.id() + "/file")
                .put("schema", SCHEMA);
        node.set("tags", Json.strings(image.tags()));
        return node;
    }

    static void basics(ObjectNode node, Image.Basics basics) {
        node.put("name", basics.name())
                .put("visibility", basics.visibility())
                .put("container_format", basics.containerFormat())
                .put("disk_format", basics.diskFormat())
                .put("min_disk", basics.minDisk())
                .put("min_ram", basics.minRam())
                .put("protected", basics.isProtected())
                .put("os_hidden", basics.hidden());
    }

    static ObjectNode schema() {
        var schema = Json.object().put("name", "image");
        var properties = schema.putObject("properties");
        text(properties, "id", true);
        text(properties, "name", false);
        choice(properties, "status", List.of(Image.QUEUED, "saving", Image.ACTIVE, Image.DEACTIVATED))
                .put("readOnly", true);
        choice(properties, "visibility", Attributes.VISIBILITIES);
        choice(properties, "container_format", Attributes.CONTAINER_FORMATS);
        choice(properties, "disk_format", Attributes.DISK_FORMATS);
        for (var name : List.of("min_disk", "min_ram")) {
            properties.putObject(name).put("type", "integer");
        }
        for (var name : List.of("protected", "os_hidden")) {
            properties.putObject(name).put("type", "boolean");
        }
        text(properties, "owner", false);
        properties
                .putObject("tags")
                .put("type", "array")
                .putObject("items")
                .put("type", "string")
                .put("maxLength", 255);
        for (var name : List.of("size", "virtual_size")) {
            properties.putObject(name).put("type", "integer").put("readOnly", true);
        }
        for (var name : List.of(
                "checksum", "os_hash_algo", "os_hash_value", "created_at", "updated_at", "self", "file", "schema")) {
            text(properties, name, true);
        }
        schema.putObject("additionalProperties").put("type", "string");
        return schema;
    }

    private static void text(ObjectNode properties, String name, boolean readOnly) {
        var property = properties.putObject(name).put("type", "string");
        if (readOnly) {
            property.put("readOnly", true);
        }
    }

    private static ObjectNode choice(ObjectNode properties, String name, List<String> values) {
        var property = properties.putObject(name).put("type", "string");
        property.set("enum", Json.strings(values));
        return property;
    }
}
