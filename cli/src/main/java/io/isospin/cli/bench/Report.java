package io.isospin.cli.bench;

import io.isospin.cli.bench.Results.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Results as people and programs read them. */
final class Report {
    private Report() {}

    /** A table in Markdown, and below it what did not go well. */
    static String table(List<Results> results) {
        var lines = new ArrayList<String>();
        if (results.size() == 1) {
            one(results.getFirst(), lines);
        } else {
            two(results.getFirst(), results.getLast(), lines);
        }
        for (var each : results) {
            var errors = each.errors();
            lines.add("");
            lines.add("Errors on " + each.target().url() + ": " + (errors.isEmpty() ? "none" : errors.toString()));
        }
        return String.join("\n", lines);
    }

    private static void one(Results results, List<String> lines) {
        lines.add("| " + results.target().url()
                + " | rounds | p50 ms | p99 ms | per second | wall s | client CPU ms each |");
        lines.add("|---|--:|--:|--:|--:|--:|--:|");
        results.medians()
                .forEach((operation, figure) -> lines.add(row(
                        operation,
                        Integer.toString(rounds(results, operation)),
                        number(figure.p50()),
                        number(figure.p99()),
                        number(figure.perSecond()),
                        number(figure.wall()),
                        number(figure.clientCpu()))));
        fullOfEmpty(results, lines);
    }

    /** Ratios are how many times better the first server is: of times second / first, of rates first / second. */
    private static void two(Results first, Results second, List<String> lines) {
        lines.add("A is " + first.target().url() + ", B is " + second.target().url()
                + "; \u00d7 is how many times better A is.");
        lines.add("");
        lines.add(
                "| operation | rounds | A p50 ms | B p50 ms | \u00d7 | A p99 ms | B p99 ms | A per second | B per second"
                        + " | \u00d7 |");
        lines.add("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var others = second.medians();
        first.medians().forEach((operation, a) -> {
            var b = others.get(operation);
            if (b != null) {
                lines.add(row(
                        operation,
                        Integer.toString(rounds(first, operation)),
                        number(a.p50()),
                        number(b.p50()),
                        number(b.p50() / a.p50()),
                        number(a.p99()),
                        number(b.p99()),
                        number(a.perSecond()),
                        number(b.perSecond()),
                        number(a.perSecond() / b.perSecond())));
            }
        });
        fullOfEmpty(first, lines);
        fullOfEmpty(second, lines);
    }

    private static void fullOfEmpty(Results results, List<String> lines) {
        var medians = results.medians();
        var empty = medians.get(Full.EMPTY);
        if (empty == null) {
            return;
        }
        medians.forEach((operation, figure) -> {
            if (operation.endsWith("of the /16 taken")) {
                lines.add("");
                lines.add(results.target().url() + ": a port in the full /16 takes "
                        + number(figure.p50() / empty.p50()) + " times as long as in the empty one (p50).");
            }
        });
    }

    private static int rounds(Results results, String operation) {
        return results.rounds().getOrDefault(operation, List.of()).size();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }

    /** All rounds of all operations. */
    static String json(Options options, List<Results> results) {
        var out = JsonNodeFactory.instance.objectNode();
        out.put("cpus", Runtime.getRuntime().availableProcessors());
        out.put("kernel", System.getProperty("os.version"));
        out.put("java", System.getProperty("java.version"));
        out.put("rounds", options.reps());
        var servers = out.putArray("servers");
        for (var each : results) {
            var server = servers.addObject().put("url", each.target().url());
            var errors = server.putObject("errors");
            each.errors().forEach(errors::put);
            var medians = server.putObject("median");
            each.medians().forEach((operation, figure) -> put(medians.putObject(operation), figure));
            var rounds = server.putObject("rounds");
            each.rounds().forEach((operation, figures) -> {
                var list = rounds.putArray(operation);
                figures.forEach(figure -> put(list.addObject(), figure));
            });
        }
        return out.toPrettyString() + "\n";
    }

    private static void put(ObjectNode out, Figure figure) {
        out.put("count", figure.count());
        put(out, "p50_ms", figure, Figure::p50);
        put(out, "p99_ms", figure, Figure::p99);
        put(out, "per_second", figure, Figure::perSecond);
        put(out, "wall_s", figure, Figure::wall);
        put(out, "client_cpu_ms", figure, Figure::clientCpu);
    }

    private static void put(ObjectNode out, String name, Figure figure, ToDoubleFunction<Figure> part) {
        double value = part.applyAsDouble(figure);
        if (!Double.isNaN(value)) {
            out.put(name, value);
        }
    }
}
