package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code isospin bench start}, {@code wiring}, {@code reports}, {@code cli}, {@code insert}, {@code scale}, {@code servers} and {@code instances}. */
public final class Main {
    private static final String USAGE = """
            Usage: ./isospin bench start [--runs N]          from the server's start to its first answer, and its memory
                   ./isospin bench wiring [PORTS] [--runs N] from the API to devices, on a host of its own (200 ports)
                   ./isospin bench reports [PORTS] [--runs N] what agents tell of devices: how soon, how much (1,000)
                   ./isospin bench cli [--runs N]            bin/neutron net-list and Debian's neutron net-list
                   ./isospin bench insert [--runs N]         a port over HTTP and a bare row, on one MariaDB
                   ./isospin bench scale [PORTS] [--mariadb] requests with 1,000 ports, and with very many (1,000,000)
                   ./isospin bench servers [OPERATIONS]      two servers on one MariaDB, 16 writers (100,000)
                   ./isospin bench instances [NUMBER]        instances on the lab that runs (100)""";

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
                case "wiring" ->
                    new WiringBench(checkout, kept, System.out).run(arguments.count(200), arguments.runs(3));
                case "reports" ->
                    new ReportsBench(checkout, kept, System.out).run(arguments.count(1_000), arguments.runs(1));
                case "cli" -> new CliBench(checkout, kept, System.out).run(arguments.runs(10));
                case "insert" -> new InsertBench(checkout, kept, System.out).run(arguments.runs(7));
                case "scale" ->
                    new ScaleBench(checkout, kept, System.out).run(arguments.count(1_000_000), arguments.mariaDb());
                case "servers" -> new ServersBench(checkout, kept, System.out).run(arguments.count(100_000));
                case "instances" -> {
                    try (var lab = RunningLab.open()) {
                        new InstancesBench(lab, System.out).run(arguments.count(100), arguments.runs(10));
                    }
                }
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

    /** KIND HOME [COUNT] [--runs N] [--mariadb]; 0 where nothing was said. */
    private record Arguments(String kind, Path home, int count, int given, boolean mariaDb) {
        private static final Set<String> COUNTED = Set.of("wiring", "reports", "scale", "servers", "instances");

        static Arguments parse(List<String> args) {
            if (args.size() < 2) {
                throw new IllegalArgumentException("say what to measure");
            }
            String kind = args.getFirst();
            int count = 0;
            int runs = 0;
            boolean mariaDb = false;
            for (int i = 2; i < args.size(); i++) {
                if (args.get(i).equals("--runs") && i + 1 < args.size()) {
                    runs = number(args.get(++i));
                } else if (args.get(i).equals("--mariadb") && kind.equals("scale")) {
                    mariaDb = true;
                } else if (COUNTED.contains(kind)) {
                    count = number(args.get(i));
                } else {
                    throw new IllegalArgumentException("there is no option '" + args.get(i) + "'");
                }
            }
            return new Arguments(kind, Path.of(args.get(1)).toAbsolutePath(), count, runs, mariaDb);
        }

        int count(int otherwise) {
            return count == 0 ? otherwise : count;
        }

        int runs(int otherwise) {
            return given == 0 ? otherwise : given;
        }

        private static int number(String text) {
            if (!text.matches("[1-9]\\d{0,6}")) {
                throw new IllegalArgumentException("'" + text + "' is not a number from 1 to 9999999");
            }
            return Integer.parseInt(text);
        }
    }
}
