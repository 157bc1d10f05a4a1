package io.isospin.lab.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measurements of one thing, in milliseconds, as a row of a table in Markdown. */
final class Series {
    static final String HEAD = "| what | n | median | least | most |\n|---|--:|--:|--:|--:|";

    static final String HEAD_OF_MANY = "| what | n | p50 | p99 | most |\n|---|--:|--:|--:|--:|";

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

    /** A row below {@link #HEAD_OF_MANY}. */
    String quantiles() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s |",
                name,
                values.size(),
                number(median()),
                number(quantile(0.99)),
                number(Collections.max(values)));
    }

    /** The least value that so large a part of them does not exceed. */
    private double quantile(double part) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
