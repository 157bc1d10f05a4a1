package io.isospin.lab.walkthrough;

import io.isospin.lab.walkthrough.Step.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plays the chapter on the running lab, showing each command, its output, and a tick or a cross. */
public final class Walkthrough {
    private static final String NOTICE = "neutron CLI is deprecated";
    private static final String NOVA_NOTICE = "nova CLI is deprecated";

    private final Path home;
    private final Path state;
    private final PrintStream out;

    /**
     * @param home the checkout
     * @param state the lab's folder, with its users' credentials
     */
    public Walkthrough(Path home, Path state, PrintStream out) {
        this.home = home;
        this.state = state;
        this.out = out;
    }

    /** How many steps were played, and how many of them went wrong. */
    public record Score(int played, int wrong) {}

    /** {@code client}: the folder of the {@code neutron} to play with. */
    public Score play(Path client) throws IOException, InterruptedException {
        int played = 0;
        int wrong = 0;
        try (var shell = new Shell(home, state, client)) {
            out.println("  (what an earlier run may have left is removed first)");
            shell.run("admin", "forget");
            var steps = Stream.of(
                            NetworkSteps.all(),
                            SubnetSteps.all(),
                            PortSteps.all(),
                            InstanceSteps.all(),
                            GuestSteps.all())
                    .flatMap(List::stream)
                    .toList();
            for (var step : steps) {
                played++;
                if (play(shell, step).isPresent()) {
                    wrong++;
                }
            }
            shell.run("admin", "forget");
        }
        out.println();
        out.println(played + " steps, " + (wrong == 0 ? "all as they should be" : wrong + " of them wrong"));
        return new Score(played, wrong);
    }

    private Optional<String> play(Shell shell, Step step) throws IOException, InterruptedException {
        out.println();
        out.println(step.row() + (step.as().equals("admin") ? "  # " : "  " + step.as() + "$ ") + step.command());
        var raw = shell.run(step.as(), step.command());
        var outcome = new Outcome(raw.exitStatus(), withoutNotices(raw.output()));
        outcome.output().lines().forEach(line -> out.println("      " + line));
        var fault = step.expectation().fault(outcome);
        out.println(fault.map(why -> "  \u2717 " + why).orElse("  \u2713"));
        if (!step.saves().isEmpty()) {
            shell.save(step.saves(), outcome.output().strip());
        }
        return fault;
    }

    private static String withoutNotices(String output) {
        var kept = new StringBuilder();
        output.lines()
                .filter(line -> !line.startsWith(NOTICE) && !line.startsWith(NOVA_NOTICE))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString();
    }
}
