package io.isospin.lab.image;

import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request makes of an image: a new one, or one with changes (JSON patch, RFC 6902, as far as Glance takes it). */
final class ImageChanges {
    private static final String PATCH = "application/openstack-images-v2.1-json-patch";
    private static final String PATCH_OF_OLD = "application/openstack-images-v2.0-json-patch";

    private ImageChanges() {}

    /** A queued image of {@code owner}. */
    static Image create(ObjectNode body, String owner, boolean admin, Instant now) {
        var basics = Json.object();
        var properties = new TreeMap<String, String>();
        List<String> tags = List.of();
        String id = UUID.randomUUID().toString();
        String whose = owner;
        for (var entry : body.properties()) {
            String name = entry.getKey();
            var value = entry.getValue();
            Attributes.requireSettable(name);
            switch (name) {
                case "id" -> id = id(value);
                case "owner" -> whose = owner(value, owner, admin);
                case "tags" -> tags = Attributes.tags(value);
                default -> set(basics, properties, name, value);
            }
        }
        return new Image(
                id, whose, Image.QUEUED, Image.readBasics(basics), tags, properties, Optional.empty(), now, now);
    }

    private static String id(JsonNode value) {
        String id = value.asString("");
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw Refusal.badRequest("Provided object does not match schema 'image': '" + id
                    + "' does not match a UUID: Failed validating 'pattern' in schema");
        }
        return id;
    }

    private static String owner(JsonNode value, String owner, boolean admin) {
        if (!admin && !value.asString("").equals(owner)) {
            throw Refusal.forbidden("You are not permitted to create images owned by '" + value.asString("") + "'.");
        }
        return value.asString(owner);
    }

    private static void set(ObjectNode basics, Map<String, String> properties, String name, JsonNode value) {
        if (Attributes.BASE.contains(name)) {
            Attributes.set(basics, name, value);
        } else {
            properties.put(name, Attributes.text(name, value).asString());
        }
    }

    /** The image with all operations of a request done, or none where one is refused. */
    static Image patch(Image image, Call call, boolean admin, Instant now) {
        String type = call.header("content-type").orElse("").split(";")[0].strip();
        if (!type.equals(PATCH) && !type.equals(PATCH_OF_OLD)) {
            throw new Refusal(415, "Unsupported Media Type; Accept-Patch: " + PATCH_OF_OLD + ", " + PATCH);
        }
        var patched = image;
        for (var operation : Json.parseArray(call.body())) {
            patched = type.equals(PATCH)
                    ? patch(patched, operation, admin, now)
                    : patchOfOld(patched, operation, admin, now);
        }
        return patched;
    }

    // {"replace": "/name", "value": "…"}
    private static Image patchOfOld(Image image, JsonNode operation, boolean admin, Instant now) {
        for (var op : List.of("add", "replace", "remove")) {
            if (operation.has(op)) {
                var same = Json.object().put("op", op);
                same.set("path", operation.path(op));
                if (operation.has("value")) {
                    same.set("value", operation.path("value"));
                }
                return patch(image, same, admin, now);
            }
        }
        throw Refusal.badRequest("Operations must be one of 'add', 'replace', 'remove'");
    }

    private static Image patch(Image image, JsonNode operation, boolean admin, Instant now) {
        String op = operation.path("op").asString("");
        if (!List.of("add", "replace", "remove").contains(op)) {
            throw Refusal.badRequest("Operations must be one of 'add', 'replace', 'remove'");
        }
        String path = operation.path("path").asString("");
        if (!path.startsWith("/")) {
            throw Refusal.badRequest("Pointer `" + path + "` does not start with \"/\".");
        }
        String name = path.substring(1).replace("~1", "/").replace("~0", "~");
        Attributes.requireSettable(name);
        boolean base = Attributes.BASE.contains(name);
        if (op.equals("remove")) {
            if (base) {
                throw Refusal.forbidden("Property " + name + " may not be removed.");
            }
            var properties = new TreeMap<>(image.properties());
            if (properties.remove(name) == null) {
                throw Refusal.conflict("Property " + name + " does not exist.");
            }
            return image.properties(properties, now);
        }
        if (!operation.has("value")) {
            throw Refusal.badRequest("Operation \"" + op + "\" requires a member named \"value\".");
        }
        if (op.equals("replace") && !base && !image.properties().containsKey(name)) {
            throw Refusal.conflict("Property " + name + " does not exist.");
        }
        return with(image, name, operation.path("value"), admin, now);
    }

    private static Image with(Image image, String name, JsonNode value, boolean admin, Instant now) {
        switch (name) {
            case "id" -> throw Refusal.forbidden("Attribute 'id' is read-only.");
            case "tags" -> {
                return image.tags(Attributes.tags(value), now);
            }
            case "owner" -> {
                if (!admin) {
                    throw Refusal.forbidden("You are not permitted to modify 'owner' attribute of this image.");
                }
                return new Image(
                        image.id(),
                        Attributes.text(name, value).asString(),
                        image.status(),
                        image.basics(),
                        image.tags(),
                        image.properties(),
                        image.data(),
                        image.created(),
                        now);
            }
            case "container_format", "disk_format" -> {
                if (!image.status().equals(Image.QUEUED)) {
                    throw Refusal.forbidden("Attribute " + name + " can be only replaced for a queued image.");
                }
            }
            default -> {}
        }
        var basics = Json.object();
        ImageView.basics(basics, image.basics());
        var properties = new TreeMap<>(image.properties());
        set(basics, properties, name, value);
        return image.basics(Image.readBasics(basics), now).properties(properties, now);
    }
}
