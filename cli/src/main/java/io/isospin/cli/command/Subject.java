package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the command line speaks of a resource. What is here follows from the resource's table; a resource with habits of
 * its own has a class that overrides some of it.
 */
public class Subject {
    private final Resource resource;
    private final String word;

    public Subject(Resource resource) {
        this(resource, resource.member().replace('_', '-'));
    }

    /** @param word what commands call it, {@code net} in {@code net-list} */
    protected Subject(Resource resource, String word) {
        this.resource = resource;
        this.word = word;
    }

    public final Resource resource() {
        return resource;
    }

    public final String word() {
        return word;
    }

    final String metavar() {
        return resource.member().toUpperCase(Locale.ROOT);
    }

    /** The verbs that it has, of list, show, create, update and delete. */
    Set<String> verbs() {
        var attributes = resource.attributes().values();
        boolean created = attributes.stream().anyMatch(Attribute::inPost);
        boolean changed = attributes.stream().anyMatch(Attribute::inPut);
        return created
                ? changed
                        ? Set.of("list", "show", "create", "update", "delete")
                        : Set.of("list", "show", "create", "delete")
                : changed ? Set.of("list", "show", "update", "delete") : Set.of("list", "show");
    }

    /** Whether items have names, by which they may be called. */
    boolean hasNames() {
        return resource.attribute("name").filter(Attribute::inPost).isPresent();
    }

    /** The columns of a list. The owner is left out: only administrators see it, see {@link ListVerb}. */
    List<String> columns() {
        return resource.attributes().values().stream()
                .filter(Attribute::listed)
                .map(Attribute::name)
                .filter(name -> !name.equals("tenant_id"))
                .toList();
    }

    List<Option> filters() {
        return List.of();
    }

    /** What a filter asks for where the command line says nothing; empty for all. */
    String standing(String filter) {
        return "";
    }

    /** Completes or rewrites what a list is to show. */
    void extend(ArrayNode items, Parsed parsed, Networking networking) {}

    /** How a table of several items shows a value. */
    JsonNode listed(String attribute, JsonNode value) {
        boolean dictionaries =
                value.isArray() && !value.isEmpty() && value.get(0).isObject();
        return dictionaries ? Cells.jsonLines(value) : value;
    }

    /** Blanks by which dictionaries are indented in the table of one item; 0 keeps each on one line. */
    int indent() {
        return 0;
    }

    List<Positional> createWords() {
        var words = new ArrayList<Positional>();
        for (var attribute : resource.attributes().values()) {
            if (attribute.required()) {
                String metavar = referred(attribute).map(Resource::member).orElse(attribute.name());
                words.add(
                        Positional.one(attribute.name(), metavar.toUpperCase(Locale.ROOT), "its " + attribute.name()));
            }
        }
        return words.isEmpty() && hasNames() ? List.of(name()) : words;
    }

    final Positional name() {
        return Positional.one("name", "NAME", "Name of the " + resource.member() + " to be created.");
    }

    List<Option> createOptions() {
        var options = new ArrayList<Option>();
        boolean named = createWords().stream().anyMatch(word -> word.target().equals("name"));
        if (hasNames() && !named) {
            options.add(NAME);
        }
        options.add(DESCRIPTION);
        return options;
    }

    /** The attributes that known words and options of a create command give. */
    ObjectNode create(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        for (var attribute : resource.attributes().values()) {
            parsed.text(attribute.name())
                    .ifPresent(text -> body.put(
                            attribute.name(),
                            referred(attribute)
                                    .map(other -> networking.findId(other, text))
                                    .orElse(text)));
        }
        return body;
    }

    List<Option> updateOptions() {
        return hasNames() ? List.of(NAME, DESCRIPTION) : List.of(DESCRIPTION);
    }

    ObjectNode update(Parsed parsed, Networking networking) {
        var body = JsonNodeFactory.instance.objectNode();
        copy(parsed, body, "name", "description");
        return body;
    }

    static final Option NAME = Option.value("--name", "NAME", "its name");
    static final Option DESCRIPTION = Option.value("--description", "DESCRIPTION", "its description");

    /** Copies what was given, an empty text too. */
    static void copy(Parsed parsed, ObjectNode body, String... targets) {
        for (var target : targets) {
            parsed.value(target).ifPresent(value -> body.set(target, value));
        }
    }

    /** The resource of which an attribute like {@code network_id} names one. */
    private static java.util.Optional<Resource> referred(Attribute attribute) {
        return Catalogue.ALL.stream()
                .filter(other -> attribute.name().equals(other.member() + "_id"))
                .findFirst();
    }
}
