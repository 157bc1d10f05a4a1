package io.isospin.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** {@code isospin bench api}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        if (args.equals(List.of("--help"))) {
            System.out.println(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("isospin bench api: " + e.getMessage() + "\n\n" + Options.USAGE);
            return 2;
        }
        try (var stop = Stop.onSignal()) {
            var results = new ApiBench(options, stop, System.err).run();
            System.out.print(results.stream().map(Results::errors).anyMatch(errors -> !errors.isEmpty()) ? "\n" : "");
            System.out.println(Report.table(results));
            var file = options.json();
            if (file != null) {
                Files.writeString(file, Report.json(options, results));
            }
            return results.stream().allMatch(each -> each.errors().isEmpty()) ? 0 : 1;
        } catch (Stop.Stopped e) {
            System.err.println("Stopped; what the benchmark had made is gone again.");
            return 130;
        } catch (BenchException e) {
            System.err.println("isospin bench api: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("isospin bench api: cannot write the results: " + e.getMessage());
            return 1;
        }
    }
}
