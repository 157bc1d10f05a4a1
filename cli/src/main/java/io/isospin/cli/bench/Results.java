package io.isospin.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What was measured on one server: for each operation a figure of every round. */
final class Results {
    private static final double MILLIS = 1e6;
    private static final double SECONDS = 1e9;

    private final Target target;
    private final Errors errors;
    private final Map<String, List<Figure>> figures = new LinkedHashMap<>();

    Results(Target target, Errors errors) {
        this.target = target;
        this.errors = errors;
    }

    /**
     * One operation in one round; {@link Double#NaN} for what says nothing there.
     *
     * @param count operations, or things made
     * @param p50 in milliseconds, as p99
     * @param perSecond things made a second
     * @param wall seconds
     * @param clientCpu the client's own share, in milliseconds of CPU an operation
     */
    record Figure(int count, double p50, double p99, double perSecond, double wall, double clientCpu) {
        static Figure median(List<Figure> rounds) {
            return new Figure(
                    rounds.getFirst().count(),
                    median(rounds, Figure::p50),
                    median(rounds, Figure::p99),
                    median(rounds, Figure::perSecond),
                    median(rounds, Figure::wall),
                    median(rounds, Figure::clientCpu));
        }

        private static double median(List<Figure> rounds, ToDoubleFunction<Figure> part) {
            double[] sorted = rounds.stream().mapToDouble(part).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    Target target() {
        return target;
    }

    Map<String, Integer> errors() {
        return new TreeMap<>(errors.counts());
    }

    Errors noted() {
        return errors;
    }

    /** Operations one after another. */
    void latencies(String operation, Timed timed) {
        add(operation, timed, Double.NaN, Double.NaN);
    }

    /** {@code made} things in one go: how many a second. */
    void rate(String operation, Timed timed, int made) {
        double wall = timed.wall() / SECONDS;
        add(operation, timed, made / wall, wall);
    }

    private void add(String operation, Timed timed, double perSecond, double wall) {
        long[] sorted = timed.latencies().clone();
        if (sorted.length == 0) {
            throw new BenchException(
                    "every \"" + operation + "\" on " + target.url() + " failed; the last: " + errors.last());
        }
        Arrays.sort(sorted);
        figures.computeIfAbsent(operation, name -> new ArrayList<>())
                .add(new Figure(
                        sorted.length,
                        percentile(sorted, 50) / MILLIS,
                        percentile(sorted, 99) / MILLIS,
                        perSecond,
                        wall,
                        timed.cpu() / MILLIS / sorted.length));
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[(int) Math.round(percent / 100.0 * (sorted.length - 1))];
    }

    /** The rounds of each operation, in the order of their first. */
    Map<String, List<Figure>> rounds() {
        return figures;
    }

    /** The median over the rounds of each operation. */
    Map<String, Figure> medians() {
        var medians = new LinkedHashMap<String, Figure>();
        figures.forEach((operation, rounds) -> medians.put(operation, Figure.median(rounds)));
        return medians;
    }
}
