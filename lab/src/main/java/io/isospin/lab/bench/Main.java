package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code isospin bench start}, {@code wiring} and {@code cli}. */
public final class Main {
    private static final String USAGE = """
            Usage: ./isospin bench start [--runs N]          from the server's start to its first answer, and its memory
                   ./isospin bench wiring [PORTS] [--runs N] from the API to devices, on a host of its own (200 ports)
                   ./isospin bench cli [--runs N]            bin/neutron net-list and Debian's neutron net-list""";

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        try (var kept = new Kept()) {
            var arguments = Arguments.parse(args);
            var checkout = Checkout.at(arguments.home());
            switch (arguments.kind()) {
                case "start" -> new StartBench(checkout, kept, System.out).run(arguments.runs(7));
                case "wiring" -> new WiringBench(checkout, kept, System.out).run(arguments.ports(), arguments.runs(3));
                case "cli" -> new CliBench(checkout, kept, System.out).run(arguments.runs(10));
                default -> throw new IllegalArgumentException("there is no benchmark '" + arguments.kind() + "'");
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("isospin bench: " + e.getMessage() + "\n\n" + USAGE);
            return 2;
        } catch (LabException | KernelException e) {
            System.err.println("isospin bench: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("isospin bench: cannot go on: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /** KIND HOME [PORTS] [--runs N]; 0 where nothing was said. */
    private record Arguments(String kind, Path home, int ports, int given) {
        static Arguments parse(List<String> args) {
            if (args.size() < 2) {
                throw new IllegalArgumentException("say what to measure");
            }
            int ports = 200;
            int runs = 0;
            for (int i = 2; i < args.size(); i++) {
                if (args.get(i).equals("--runs") && i + 1 < args.size()) {
                    runs = number(args.get(++i));
                } else if (args.getFirst().equals("wiring")) {
                    ports = number(args.get(i));
                } else {
                    throw new IllegalArgumentException("there is no option '" + args.get(i) + "'");
                }
            }
            return new Arguments(args.getFirst(), Path.of(args.get(1)).toAbsolutePath(), ports, runs);
        }

        int runs(int otherwise) {
            return given == 0 ? otherwise : given;
        }

        private static int number(String text) {
            if (!text.matches("[1-9]\\d{0,3}")) {
                throw new IllegalArgumentException("'" + text + "' is not a number from 1 to 9999");
            }
            return Integer.parseInt(text);
        }
    }
}
