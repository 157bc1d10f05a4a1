package io.isospin.lab.image;

import io.isospin.lab.http.Refusal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What may be said of an image, by Glance's schema; refusals are in Glance's words. */
final class Attributes {
    static final List<String> VISIBILITIES = List.of("community", "public", "private", "shared");
    static final List<String> CONTAINER_FORMATS =
            List.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed");
    static final List<String> DISK_FORMATS =
            List.of("ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop");

    /** Those that an owner sets; all others that are not read-only are additional properties. */
    static final Set<String> BASE = Set.of(
            "name",
            "visibility",
            "container_format",
            "disk_format",
            "min_disk",
            "min_ram",
            "protected",
            "os_hidden",
            "tags",
            "owner",
            "id");

    private static final Set<String> READ_ONLY = Set.of(
            "created_at",
            "updated_at",
            "status",
            "checksum",
            "size",
            "virtual_size",
            "direct_url",
            "self",
            "file",
            "schema",
            "os_hash_algo",
            "os_hash_value");
    private static final Set<String> RESERVED = Set.of("location", "locations", "deleted", "deleted_at");
    private static final int LONGEST = 255;

    private Attributes() {}

    /** Refused where the attribute is not one to be set. */
    static void requireSettable(String name) {
        if (READ_ONLY.contains(name)) {
            throw Refusal.forbidden("Attribute '" + name + "' is read-only.");
        }
        if (RESERVED.contains(name)) {
            throw Refusal.forbidden("Attribute '" + name + "' is reserved.");
        }
        if (name.isEmpty() || name.length() > LONGEST) {
            throw Refusal.badRequest("Property names must be of 1 to " + LONGEST + " characters");
        }
    }

    /** Puts the value of an attribute into {@code basics}, as {@link ImageView#basics} shows them. */
    static void set(ObjectNode basics, String name, JsonNode value) {
        switch (name) {
            case "name" -> basics.set(name, value.isNull() ? value : text(name, value));
            case "visibility" -> basics.set(name, oneOf(name, value, VISIBILITIES));
            case "container_format" -> basics.set(name, value.isNull() ? value : oneOf(name, value, CONTAINER_FORMATS));
            case "disk_format" -> basics.set(name, value.isNull() ? value : oneOf(name, value, DISK_FORMATS));
            case "min_disk", "min_ram" -> {
                if (!value.isInt()) {
                    throw unfit(value + " is not of type 'integer'", name);
                }
                if (value.asInt() < 0) {
                    throw unfit(value + " is less than the minimum of 0", name);
                }
                basics.set(name, value);
            }
            case "protected", "os_hidden" -> {
                if (!value.isBoolean()) {
                    throw unfit(value + " is not of type 'boolean'", name);
                }
                basics.set(name, value);
            }
            default -> throw new IllegalArgumentException(name + " is no basic attribute");
        }
    }

    static JsonNode text(String name, JsonNode value) {
        if (!value.isString()) {
            throw unfit(value + " is not of type 'string'", name);
        }
        if (value.asString().length() > LONGEST && BASE.contains(name)) {
            throw unfit("'" + value.asString() + "' is too long", name);
        }
        return value;
    }

    static List<String> tags(JsonNode value) {
        if (!value.isArray()) {
            throw unfit(value + " is not of type 'array'", "tags");
        }
        return value.valueStream()
                .map(tag -> text("tags", tag).asString())
                .distinct()
                .toList();
    }

    private static JsonNode oneOf(String name, JsonNode value, List<String> allowed) {
        if (!value.isString() || !allowed.contains(value.asString())) {
            throw unfit(
                    "'" + value.asString("") + "' is not one of ["
                            + allowed.stream().map(one -> "'" + one + "'").collect(Collectors.joining(", ")) + "]",
                    name);
        }
        return value;
    }

    private static Refusal unfit(String why, String name) {
        return Refusal.badRequest("Provided object does not match schema 'image': " + why + ": Failed validating '"
                + name + "' in schema");
    }
}
