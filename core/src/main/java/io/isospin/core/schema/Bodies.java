package io.isospin.core.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Request bodies, checked against a resource's table. Values come back in canonical form; an attribute that the
 * client did not name and that has no initial value is absent, which is not the same as null.
 */
public final class Bodies {
    private static final Set<String> OWNER = Set.of("project_id", "tenant_id");

    private Bodies() {}

    /** One or several bodies of a POST: {@code bulk} when the plural key was used. */
    public record Posted(boolean bulk, List<ObjectNode> items) {}

    /** The bodies of a POST, each complete with initial values, {@code project_id} and {@code tenant_id}. */
    public static Posted post(Resource resource, JsonNode body, String callersProject) {
        if (!body.isObject() || body.isEmpty()) {
            throw new InvalidRequest("Body contains invalid data");
        }
        var several = body.get(resource.collection());
        if (several != null && !body.has(resource.member())) {
            if (!several.isArray()) {
                throw new InvalidRequest("Body contains invalid data");
            }
            if (several.isEmpty()) {
                throw new InvalidRequest("Resources required");
            }
            var items = new ArrayList<ObjectNode>();
            for (var item : several) {
                items.add(created(resource, unwrapped(resource, item), callersProject));
            }
            return new Posted(true, items);
        }
        return new Posted(false, List.of(created(resource, member(resource, body), callersProject)));
    }

    /** The attributes that a PUT sets. */
    public static ObjectNode put(Resource resource, JsonNode body) {
        if (body.isObject() && body.has(resource.collection()) && !body.has(resource.member())) {
            throw new InvalidRequest("Bulk operation not supported");
        }
        var given = member(resource, body);
        for (var name : given.propertyNames()) {
            var attribute = resource.attribute(name);
            if (attribute.isPresent() && !attribute.get().inPut()) {
                throw new InvalidRequest("Cannot update read-only attribute " + name);
            }
        }
        refuseUnknown(resource, given);
        var values = JsonNodeFactory.instance.objectNode();
        for (var entry : given.properties()) {
            resource.attribute(entry.getKey())
                    .ifPresent(attribute -> values.set(entry.getKey(), attribute.convert(entry.getValue())));
        }
        return values;
    }

    private static ObjectNode member(Resource resource, JsonNode body) {
        if (!body.isObject()) {
            throw new InvalidRequest("Body contains invalid data");
        }
        var member = body.get(resource.member());
        if (member == null) {
            throw new InvalidRequest("Unable to find '" + resource.member() + "' in request body");
        }
        if (!(member instanceof ObjectNode attributes)) {
            throw new InvalidRequest(member.isNull() ? "Resource body required" : "Body contains invalid data");
        }
        return attributes;
    }

    private static ObjectNode unwrapped(Resource resource, JsonNode item) {
        var inner = item.get(resource.member());
        if ((inner != null ? inner : item) instanceof ObjectNode attributes) {
            return attributes;
        }
        throw new InvalidRequest("Body contains invalid data");
    }

    private static ObjectNode created(Resource resource, ObjectNode given, String callersProject) {
        refuseUnknown(resource, given);
        var values = JsonNodeFactory.instance.objectNode();
        String project = project(given, callersProject);
        for (var attribute : resource.attributes().values()) {
            var value = given.get(attribute.name());
            if (value == null) {
                if (attribute.required()) {
                    throw new InvalidRequest(
                            "Failed to parse request. Required attribute '" + attribute.name() + "' not specified");
                }
                if (attribute.initial() != null && attribute.inPost()) {
                    values.set(attribute.name(), attribute.initial().deepCopy());
                }
            } else if (!attribute.inPost()) {
                throw new InvalidRequest("Attribute '" + attribute.name() + "' not allowed in POST");
            } else if (!OWNER.contains(attribute.name())) {
                values.set(attribute.name(), attribute.convert(value));
            }
        }
        OWNER.forEach(key -> values.put(key, project));
        return values;
    }

    private static String project(ObjectNode given, String callersProject) {
        String project = null;
        for (var key : List.of("project_id", "tenant_id")) {
            var value = given.get(key);
            if (value == null) {
                continue;
            }
            if (!value.isString() || value.stringValue().length() > 255) {
                throw new InvalidRequest("Invalid input for " + key + ". Reason: '" + PythonText.str(value)
                        + "' is not a valid string.");
            }
            if (project != null && !project.equals(value.stringValue())) {
                throw new InvalidRequest("'project_id' and 'tenant_id' do not match");
            }
            project = value.stringValue();
        }
        return project != null ? project : callersProject;
    }

    private static void refuseUnknown(Resource resource, ObjectNode given) {
        var unknown = given.propertyNames().stream()
                .filter(name -> resource.attribute(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidRequest("Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
        }
    }
}
