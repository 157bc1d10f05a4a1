package io.isospin.lab.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measurements of one thing, in milliseconds, as a row of a table in Markdown. */
final class Series {
    static final String HEAD = "| what | n | median | least | most |\n|---|--:|--:|--:|--:|";

    private final String name;
    private final List<Double> values = new ArrayList<>();

    Series(String name) {
        this.name = name;
    }

    void add(double value) {
        values.add(value);
    }

    void addNanos(long nanos) {
        values.add(nanos / 1e6);
    }

    double median() {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String row() {
        return row("ms");
    }

    String row(String unit) {
        return String.format(
                Locale.ROOT,
                "| %s, %s | %d | %s | %s | %s |",
                name,
                unit,
                values.size(),
                number(median()),
                number(Collections.min(values)),
                number(Collections.max(values)));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
