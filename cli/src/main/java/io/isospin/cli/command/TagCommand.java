package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.failure.UsageFailure;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.output.PythonJson;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code tag-add}, {@code tag-replace} and {@code tag-remove}: the tags of any resource that has them. */
record TagCommand(Verb verb) implements Command {
    enum Verb {
        ADD("add", "Add a tag into the resource."),
        REPLACE("replace", "Replace all tags on the resource."),
        REMOVE("remove", "Remove a tag on the resource.");

        final String word;
        private final String summary;

        Verb(String word, String summary) {
            this.word = word;
            this.summary = summary;
        }
    }

    @Override
    public Grammar grammar() {
        var options = new ArrayList<Option>();
        options.add(Option.value("--resource-type", "TYPE", "Resource Type.")
                .oneOf(tagged().map(Resource::member).toArray(String[]::new)));
        options.add(Option.value("--resource", "RESOURCE", "Resource name or ID."));
        switch (verb) {
            case ADD -> options.add(Option.value("--tag", "TAG", "Tag to be added."));
            case REPLACE -> options.add(Option.list("--tag", "TAG", "Tag (This option can be repeated)."));
            case REMOVE -> {
                options.add(
                        Option.flag("--all", "Remove all tags on the resource.").insteadOf("which"));
                options.add(Option.value("--tag", "TAG", "Tag to be removed.").insteadOf("which"));
            }
        }
        return Grammar.of("neutron tag-" + verb.word, verb.summary).having(options);
    }

    private static Stream<Resource> tagged() {
        return Catalogue.ALL.stream()
                .filter(resource -> resource.attribute("tags").isPresent());
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        require(parsed);
        String tag = verb == Verb.REPLACE ? "" : parsed.text("tag").orElse("");
        if (verb == Verb.ADD && tag.isEmpty()) {
            throw new Failure("Cannot add an empty value as tag");
        }
        if (verb == Verb.REMOVE && !parsed.flag("all") && tag.isEmpty()) {
            throw new Failure("--all or --tag must be specified");
        }
        var networking = surroundings.networking();
        var resource = tagged().filter(one -> one.member().equals(parsed.word("resource_type")))
                .findFirst()
                .orElseThrow();
        String all = "/" + resource.path() + "/"
                + Networking.segment(networking.findId(resource, parsed.word("resource"))) + "/tags";
        switch (verb) {
            case ADD -> networking.send("PUT", all + "/" + Networking.segment(tag), "");
            case REPLACE -> networking.send("PUT", all, body(parsed.words("tag")));
            case REMOVE ->
                networking.send("DELETE", parsed.flag("all") ? all : all + "/" + Networking.segment(tag), "");
        }
    }

    private void require(Parsed parsed) {
        var required = verb == Verb.REMOVE
                ? List.of("--resource-type", "--resource")
                : List.of("--resource-type", "--resource", "--tag");
        var missing = required.stream()
                .filter(name ->
                        parsed.value(name.substring(2).replace('-', '_')).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new UsageFailure("the following arguments are required: " + String.join(", ", missing));
        }
    }

    private static String body(List<String> tags) {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("tags");
        tags.forEach(list::add);
        return new PythonJson(0).write(body);
    }
}
