package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.grammar.FreeAttributes;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Reading;
import io.isospin.cli.output.Format;
import io.isospin.core.schema.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code net-list}: items in a table, with filters, sorting and pages. */
record ListVerb(Subject subject) implements Command {
    /** Filters whose names have a dash in the API. */
    private static final Set<String> DASHED = Set.of("tags_any", "not_tags", "not_tags_any");

    static final Option DETAILS =
            Option.flag("--show-details", "Show detailed information.").or("-D").also("--show_details");
    static final Option FIELD = Option.list("--field", "FIELD", "a field to ask the server for; may be repeated")
            .or("-F")
            .into("fields")
            .also("--fields");

    @Override
    public Grammar grammar() {
        return Grammar.of(
                        "neutron " + subject.word() + "-list",
                        "List " + subject.resource().collection().replace('_', ' ') + " that one may see.")
                .having(Format.listOptions())
                .having(List.of(
                        DETAILS,
                        FIELD,
                        Option.value("--page-size", "SIZE", "how many to ask for at a time")
                                .or("-P")
                                .read(Reading.INTEGER),
                        Option.list("--sort-key", "FIELD", "sort by this field; may be repeated"),
                        Option.list("--sort-dir", "{asc,desc}", "in this direction, one for each --sort-key")
                                .oneOf("asc", "desc")))
                .having(subject.filters());
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        show(surroundings.networking().list(subject.resource(), query(parsed)), parsed, surroundings);
    }

    /** Prints items that were asked for somewhere. */
    void show(ArrayNode items, Parsed parsed, Surroundings surroundings) {
        var printer = surroundings.printer(parsed);
        subject.extend(items, parsed, surroundings.networking());
        var columns = columns(items, printer.format(), surroundings.networking());
        var rows = new ArrayList<List<JsonNode>>();
        for (var item : items) {
            rows.add(columns.stream()
                    .map(column -> {
                        var value = item.path(column);
                        return Cells.orEmpty(printer.format().isTable() ? subject.listed(column, value) : value);
                    })
                    .toList());
        }
        printer.list(columns, rows);
    }

    private Query query(Parsed parsed) {
        var query = new Query().with("fields", parsed.words("fields"));
        if (parsed.flag("show_details")) {
            query.with("verbose", "True");
        }
        var free = FreeAttributes.of(parsed);
        for (var filter : subject.filters()) {
            String name = filter.target();
            if (!free.containsKey(name)) {
                parsed.text(name)
                        .or(() -> Optional.of(subject.standing(name)).filter(value -> !value.isEmpty()))
                        .ifPresent(value -> query.with(DASHED.contains(name) ? name.replace('_', '-') : name, value));
            }
        }
        free.forEach((name, value) -> query.with(name, texts(value)));
        parsed.value("page_size")
                .filter(size -> size.intValue() != 0)
                .ifPresent(size -> query.with("limit", size.toString()));
        var keys = parsed.words("sort_key");
        var directions = new ArrayList<>(parsed.words("sort_dir"));
        while (directions.size() < keys.size()) {
            directions.add("asc");
        }
        return query.with("sort_key", keys).with("sort_dir", directions.subList(0, keys.size()));
    }

    static List<String> texts(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(PythonText::str).collect(Collectors.toList())
                : List.of(PythonText.str(value));
    }

    /** Those asked for, or the resource's own as far as the server sent them; none where there is no item. */
    private List<String> columns(ArrayNode items, Format format, Networking networking) {
        if (items.isEmpty()) {
            return List.of();
        }
        var sent = items.get(0).propertyNames().stream().sorted().toList();
        if (!format.columns().isEmpty()) {
            return format.columns().stream().filter(sent::contains).toList();
        }
        var standard = subject.columns();
        if (standard.isEmpty()) {
            return sent;
        }
        var columns = standard.stream().filter(sent::contains).collect(Collectors.toCollection(ArrayList::new));
        boolean owned = subject.resource().attribute("tenant_id").isPresent();
        if (owned && sent.contains("tenant_id") && networking.session().isAdmin()) {
            int behind = Math.max(Math.max(columns.indexOf("id"), 0), Math.max(columns.indexOf("name"), 0));
            columns.add(Math.min(behind + 1, columns.size()), "tenant_id");
        }
        return columns;
    }
}
