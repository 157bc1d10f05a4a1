package io.isospin.server.policy;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked of policy for a request that creates or changes: the right to do it at all, and one for each guarded
 * attribute that it sets.
 *
 * @param rules the names of all the rules that must allow it
 * @param text the rules as Neutron's message has them
 */
record Action(List<String> rules, String text) {

    /** The right to a verb alone: {@code delete_network}. */
    static Action plain(String name) {
        return new Action(List.of(name), "rule:" + name);
    }

    /** Creating something; attributes that have their initial value ask for no right. */
    static Action create(Resource resource, ObjectNode values) {
        return plain("create_" + resource.member())
                .with(
                        resource.attributes().values().stream()
                                .filter(attribute -> values.has(attribute.name())
                                        && !values.path(attribute.name()).equals(attribute.initial()))
                                .toList(),
                        values);
    }

    /** Changing something; whatever is written asks for a right, whether or not it differs. */
    static Action update(Resource resource, ObjectNode values) {
        return plain("update_" + resource.member())
                .with(
                        resource.attributes().values().stream()
                                .filter(attribute -> values.has(attribute.name()))
                                .toList(),
                        values);
    }

    private Action with(List<Attribute> attributes, ObjectNode values) {
        String verb = rules.getFirst();
        var all = new ArrayList<>(rules);
        String whole = text;
        for (var attribute : attributes) {
            if (!attribute.guarded()) {
                continue;
            }
            String rule = verb + ":" + attribute.name();
            all.add(rule);
            var inner = inner(rule, values.path(attribute.name()));
            all.addAll(inner);
            String one = inner.isEmpty()
                    ? "rule:" + rule
                    : "(rule:" + rule + " and (rule:" + String.join(" and rule:", inner) + "))";
            whole = "(" + whole + " and " + one + ")";
        }
        return new Action(List.copyOf(all), whole);
    }

    /** The keys of dictionaries in a list have rules of their own. */
    private static List<String> inner(String rule, JsonNode value) {
        return value.isArray()
                ? value.valueStream()
                        .flatMap(item -> item.isObject() ? item.propertyNames().stream() : Set.<String>of().stream())
                        .map(key -> rule + ":" + key)
                        .toList()
                : List.of();
    }
}
