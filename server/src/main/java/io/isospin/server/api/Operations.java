package io.isospin.server.api;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import io.isospin.core.schema.Schema;
import io.isospin.core.schema.Type;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.BooleanNode;

/** The operations that resources have in common, out of a resource's table. */
public final class Operations {
    private static final Schema TEXT = Schema.of("string");

    private Operations() {}

    public static Operation list(Resource resource) {
        return Operation.of("GET", "", "list_" + resource.collection(), "List " + words(resource.collection()))
                .answers(200, listed(resource))
                .about(resource);
    }

    public static Operation create(Resource resource) {
        var one = Schema.reference(resource.member() + "_create");
        var wrapped = Schema.object().mustKey(resource.member(), one);
        var several = Schema.object()
                .mustKey(resource.collection(), Schema.listOf(one).with("minItems", 1));
        var answer = Schema.anyOf(
                shown(resource),
                Schema.of("object").mustKey(resource.collection(), Schema.listOf(Schema.reference(resource.member()))));
        return Operation.of(
                        "POST",
                        "",
                        "create_" + resource.member(),
                        "Create one of the " + words(resource.collection()) + ", or several")
                .takes(Schema.anyOf(wrapped, several))
                .answers(201, answer)
                .about(resource);
    }

    public static Operation show(Resource resource) {
        return member("GET", "show", resource).query(List.of(fields(resource))).answers(200, shown(resource));
    }

    public static Operation update(Resource resource) {
        return member("PUT", "update", resource)
                .takes(Schema.object().mustKey(resource.member(), Schema.reference(resource.member() + "_update")))
                .answers(200, shown(resource));
    }

    public static Operation delete(Resource resource) {
        return member("DELETE", "delete", resource);
    }

    private static Operation member(String method, String verb, Resource resource) {
        String summary = Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + " one of the "
                + words(resource.collection());
        return Operation.of(method, one(resource), verb + "_" + resource.member(), summary)
                .about(resource);
    }

    /** The path of one member, {@code /{network_id}}. */
    public static String one(Resource resource) {
        return "/{" + resource.member() + "_id}";
    }

    /** The body that shows one. */
    public static Schema shown(Resource resource) {
        return Schema.of("object").mustKey(resource.member(), Schema.reference(resource.member()));
    }

    /** The body that lists several. */
    public static Schema listed(Resource resource) {
        return Schema.of("object")
                .mustKey(resource.collection(), Schema.listOf(Schema.reference(resource.member())))
                .key(resource.collection() + "_links", Schema.listOf(Schema.reference("link")));
    }

    /** Filters, fields, order and pages. */
    public static List<Parameter> listParameters(Resource resource) {
        var all = new ArrayList<Parameter>(filters(resource));
        all.add(fields(resource));
        var sortable = resource.attributes().values().stream()
                .filter(Attribute::sort)
                .map(Attribute::name)
                .toList();
        if (!sortable.isEmpty()) {
            all.add(Parameter.many("sort_key", Schema.oneOf(sortable), "What to sort by, the most important first."));
            all.add(Parameter.many(
                    "sort_dir",
                    Schema.oneOf(List.of("asc", "desc")),
                    "The direction of each sort_key, as many as there are of them."));
        }
        all.add(new Parameter(
                "limit", Schema.integer().with("minimum", 0), "The most that a page has; 0 for no pages."));
        all.add(new Parameter("marker", TEXT, "The id of the last one on the page before."));
        all.add(new Parameter(
                "page_reverse",
                Schema.of("boolean").with("default", BooleanNode.FALSE),
                "Whether the page ends before the marker."));
        return all;
    }

    /** One for each attribute that may be filtered by. */
    public static List<Parameter> filters(Resource resource) {
        var all = new ArrayList<Parameter>();
        for (var attribute : resource.attributes().values()) {
            if (!attribute.filter()) {
                continue;
            }
            switch (attribute.name()) {
                case "tags" -> tags(all);
                case "fixed_ips" ->
                    all.add(Parameter.many(
                            "fixed_ips",
                            Schema.pattern("^(ip_address|subnet_id|ip_address_substr)=", "ip_address=192.0.2.10"),
                            "Only those with such an address."));
                default ->
                    all.add(Parameter.many(
                            attribute.name(),
                            attribute.type() instanceof Type.Converted
                                    ? attribute.type().accepted()
                                    : TEXT,
                            "Only those whose " + attribute.name() + " is one of these."));
            }
        }
        return all;
    }

    private static void tags(List<Parameter> all) {
        all.add(Parameter.many("tags", TEXT, "Only those with all of these tags; commas between several."));
        all.add(Parameter.many("tags-any", TEXT, "Only those with any of these tags; commas between several."));
        all.add(Parameter.many("not-tags", TEXT, "Not those with all of these tags; commas between several."));
        all.add(Parameter.many("not-tags-any", TEXT, "Not those with any of these tags; commas between several."));
    }

    public static Parameter fields(Resource resource) {
        var names = resource.attributes().values().stream()
                .filter(Attribute::shown)
                .map(Attribute::name)
                .toList();
        return Parameter.many("fields", Schema.oneOf(names), "The attributes to show, in place of all.");
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }
}
