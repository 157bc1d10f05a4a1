package io.isospin.server.openapi;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Descriptions;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The three shapes of a resource: as answers show it, as a POST makes it, as a PUT changes it. */
final class ResourceSchemas {
    private ResourceSchemas() {}

    /** By the names of the components. */
    static Map<String, ObjectNode> of(Resource resource) {
        var all = new LinkedHashMap<String, ObjectNode>();
        all.put(resource.member(), shown(resource));
        if (has(resource, Attribute::inPost)) {
            all.put(resource.member() + "_create", asked(resource, Attribute::inPost, "create", true));
        }
        if (has(resource, Attribute::inPut)) {
            all.put(resource.member() + "_update", asked(resource, Attribute::inPut, "update", false));
        }
        return all;
    }

    private static boolean has(Resource resource, Predicate<Attribute> which) {
        return resource.attributes().values().stream().anyMatch(which);
    }

    /** Nothing is said to be there always: a client may ask for some fields only, and policy may hide others. */
    private static ObjectNode shown(Resource resource) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        Descriptions.of(resource).ifPresent(text -> schema.put("description", text));
        var properties = schema.putObject("properties");
        for (var attribute : resource.attributes().values()) {
            if (attribute.shown()) {
                var property = described(resource, attribute, attribute.type().schema());
                if (!attribute.inPost() && !attribute.inPut()) {
                    property.put("readOnly", true);
                }
                properties.set(attribute.name(), property);
            }
        }
        return schema;
    }

    private static ObjectNode asked(Resource resource, Predicate<Attribute> which, String verb, boolean complete) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);
        var properties = schema.putObject("properties");
        for (var attribute : resource.attributes().values()) {
            if (!which.test(attribute)) {
                continue;
            }
            var property = described(resource, attribute, attribute.type().accepted());
            if (attribute.guarded()) {
                property.put("x-isospin-rule", verb + "_" + resource.member() + ":" + attribute.name());
            }
            if (complete && attribute.initial() != null) {
                property.set("default", attribute.initial().deepCopy());
            }
            properties.set(attribute.name(), property);
            if (complete && attribute.required()) {
                schema.withArray("required").add(attribute.name());
            }
        }
        return schema;
    }

    private static ObjectNode described(Resource resource, Attribute attribute, Schema type) {
        var property = type.json();
        Descriptions.of(resource, attribute).ifPresent(text -> property.put("description", text));
        return property;
    }
}
