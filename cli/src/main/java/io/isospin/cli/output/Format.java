package io.isospin.cli.output;

import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How an answer is to look.
 *
 * @param name table, json, yaml, csv, value or shell
 * @param columns those asked for, in that order; none for all
 * @param width columns of a table at most, or 0
 */
public record Format(
        String name,
        List<String> columns,
        String quote,
        boolean oneLine,
        int width,
        boolean printEmpty,
        String prefix,
        List<String> sortColumns,
        boolean descending) {

    public static Format of(Parsed parsed, Map<String, String> environment) {
        int width = parsed.number("max_width", number(environment, "CLIFF_MAX_TERM_WIDTH"));
        if (width <= 0 && (parsed.flag("fit_width") || number(environment, "CLIFF_FIT_WIDTH") > 0)) {
            width = number(environment, "COLUMNS");
        }
        return new Format(
                parsed.text("format").orElse("table"),
                parsed.words("column"),
                parsed.text("quote").orElse("nonnumeric"),
                parsed.flag("noindent"),
                Math.max(0, width),
                parsed.flag("print_empty"),
                parsed.word("prefix"),
                parsed.words("sort_column"),
                parsed.flag("sort_descending"));
    }

    public boolean isTable() {
        return name.equals("table");
    }

    public static List<Option> listOptions() {
        var options = new ArrayList<Option>();
        options.add(format("csv", "json", "table", "value", "yaml"));
        options.add(COLUMN);
        options.add(Option.value("--quote", "", "when to include quotes, defaults to nonnumeric")
                .oneOf("all", "minimal", "none", "nonnumeric"));
        options.add(NO_INDENT);
        options.addAll(TABLE);
        options.add(Option.list("--sort-column", "SORT_COLUMN", "sort the rows by this column; may be repeated"));
        options.add(Option.flag("--sort-ascending", "sort the rows upwards").insteadOf("sort direction"));
        options.add(Option.flag("--sort-descending", "sort the rows downwards").insteadOf("sort direction"));
        return options;
    }

    public static List<Option> showOptions() {
        var options = new ArrayList<Option>();
        options.add(format("json", "shell", "table", "value", "yaml"));
        options.add(COLUMN);
        options.add(NO_INDENT);
        options.add(Option.value("--prefix", "PREFIX", "what the names of shell variables begin with"));
        options.addAll(TABLE);
        return options;
    }

    private static final Option COLUMN = Option.list("--column", "COLUMN", "a column to show; may be repeated")
            .or("-c");
    private static final Option NO_INDENT = Option.flag("--noindent", "JSON on one line");
    private static final List<Option> TABLE = List.of(
            Option.value(
                            "--max-width",
                            "<integer>",
                            "columns of a table at most; 0 for any number" + " (CLIFF_MAX_TERM_WIDTH says the same)")
                    .read(Reading.INTEGER),
            Option.flag("--fit-width", "make a table no wider than $COLUMNS"),
            Option.flag("--print-empty", "draw a table without rows too"));

    private static Option format(String... names) {
        return Option.value("--format", "", "the output format, defaults to table")
                .or("-f")
                .oneOf(names);
    }

    private static int number(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
