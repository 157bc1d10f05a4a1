package io.isospin.cli.bench;

import io.isospin.cli.bench.Options.Phase;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The run: every phase on every server in turn, round after round, and all of it cleared away at the end. */
final class ApiBench {
    private final Options options;
    private final Stop stop;
    private final PrintStream progress;

    ApiBench(Options options, Stop stop, PrintStream progress) {
        this.options = options;
        this.stop = stop;
        this.progress = progress;
    }

    /** A server under test with what belongs to it. */
    record Bench(Options options, Target target, Cloud cloud, Results results, Stop stop) {
        Client client() {
            return new Client(target, results.noted(), stop);
        }

        Fan fan() {
            return new Fan(target, results.noted(), stop);
        }
    }

    /** The results of each server, in the order of the options. */
    List<Results> run() {
        var benches = new ArrayList<Bench>();
        for (var target : options.targets()) {
            var errors = new Errors(progress);
            benches.add(new Bench(options, target, new Cloud(target, errors), new Results(target, errors), stop));
        }
        try {
            for (int round = 1; round <= options.reps(); round++) {
                for (var phase : options.phases()) {
                    // In big and full the number of ports stands for rounds.
                    if (round == 1 || (phase != Phase.BIG && phase != Phase.FULL)) {
                        for (var bench : benches) {
                            run(phase, bench, round);
                        }
                    }
                }
            }
        } finally {
            benches.forEach(bench -> bench.cloud().clear());
        }
        return benches.stream().map(Bench::results).toList();
    }

    private void run(Phase phase, Bench bench, int round) {
        long start = System.nanoTime();
        switch (phase) {
            case SEQ -> Sequential.run(bench);
            case CONC -> Concurrent.run(bench);
            case BULK -> Bulk.run(bench, options.ports(), false);
            case LIST -> Bulk.runList(bench, options.ports());
            case BIG -> Bulk.run(bench, options.big(), true);
            case FULL -> Full.run(bench);
        }
        progress.printf(
                Locale.ROOT,
                "%s round %d of %d on %s: %.1f s%n",
                phase.name().toLowerCase(Locale.ROOT),
                round,
                options.reps(),
                bench.target().url(),
                (System.nanoTime() - start) / 1e9);
    }
}
