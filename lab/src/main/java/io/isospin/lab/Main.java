package io.isospin.lab;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import io.isospin.lab.launch.Commands;
import io.isospin.lab.launch.Console;
import io.isospin.lab.launch.Progress;
import io.isospin.lab.walkthrough.Walkthrough;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Starts, shows and stops the lab, and plays the chapter on it. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Console.begin();
        System.exit(main(List.of(args)));
    }

    private static int main(List<String> args) {
        var commands = new Commands(LabPlan.standard(), LinuxKernel::open, new Progress(System.out, since(args)));
        try {
            return switch (args.isEmpty() ? "" : args.getFirst()) {
                case "run" -> run(commands, args.subList(1, args.size()));
                case "status" -> commands.status();
                case "stop" -> commands.stop();
                case "walkthrough" -> walkthrough(args.subList(1, args.size()));
                default -> {
                    System.err.println(
                            "Usage: run HOME [--fresh] | status | stop | walkthrough HOME [--client DIRECTORY]");
                    yield 2;
                }
            };
        } catch (LabException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IOException | KernelException e) {
            System.err.println("The lab cannot go on: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static int walkthrough(List<String> args) throws InterruptedException, IOException {
        if (args.isEmpty()) {
            throw new LabException("Say which checkout to play the chapter with: walkthrough HOME.");
        }
        var home = Path.of(args.getFirst()).toAbsolutePath();
        int named = args.indexOf("--client");
        var client = named > 0 && named + 1 < args.size() ? Path.of(args.get(named + 1)) : home.resolve("bin");
        var score = new Walkthrough(home, LabPlan.standard().state(), System.out).play(client);
        return score.wrong() == 0 ? 0 : 1;
    }

    /** When the script began, which it tells so that its own time counts: {@code --since=SECONDS} since 1970. */
    private static Instant since(List<String> args) {
        return args.stream()
                .filter(arg -> arg.matches("--since=\\d{1,12}[.,]\\d{6}"))
                .map(arg -> arg.substring("--since=".length()).split("[.,]"))
                .map(parts -> Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]) * 1000))
                .findFirst()
                .orElseGet(Instant::now);
    }

    private static int run(Commands commands, List<String> args) throws InterruptedException, IOException {
        if (args.isEmpty()) {
            throw new LabException("Say which checkout to start the programs of: run HOME.");
        }
        return commands.run(Path.of(args.getFirst()).toAbsolutePath(), args.contains("--fresh"));
    }
}
