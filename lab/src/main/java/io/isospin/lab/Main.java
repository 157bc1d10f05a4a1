package io.isospin.lab;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import io.isospin.lab.launch.Commands;
import io.isospin.lab.launch.Console;
import io.isospin.lab.launch.Progress;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Starts, shows and stops the lab: {@code run HOME}, {@code status}, {@code stop}. */
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
                default -> {
                    System.err.println("Usage: run HOME [--fresh] | status | stop");
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
