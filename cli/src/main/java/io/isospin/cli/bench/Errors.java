package io.isospin.cli.bench;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** Answers that were not the expected ones: how many of each kind; the first of a kind is told at once. */
final class Errors {
    private static final int SHOWN = 300;

    private final PrintStream progress;
    private final Map<String, Integer> counts = new TreeMap<>();
    private String last = "";

    Errors(PrintStream progress) {
        this.progress = progress;
    }

    synchronized void note(String kind, String detail) {
        last = kind + ": " + detail.substring(0, Math.min(SHOWN, detail.length()));
        if (counts.merge(kind, 1, Integer::sum) == 1) {
            progress.println("  error: " + last);
        }
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    synchronized String last() {
        return last;
    }
}
