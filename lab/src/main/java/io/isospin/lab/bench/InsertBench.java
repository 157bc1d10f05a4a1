package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A port made over HTTP against one row of its size put into a table, by MariaDB's own load emulator on a connection of
 * its own: both on one MariaDB, each durable before its answer, in turn. The emulator tells only the mean of what it did, so
 * that of the rows is a mean and that of the ports the middle of all.
 */
final class InsertBench {
    private static final int AT_ONCE = 500;
    /** As many bytes as a port's document has. */
    private static final int ROW_BYTES = 1000;

    private static final int WARM_UP = 6;
    private static final String PROJECT = "bench";

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    InsertBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int runs) throws IOException, InterruptedException {
        var folder = kept.keep(Folder.make());
        var database = MariaDbServer.start(kept, folder.path());
        var server = RunningServer.start(checkout, kept, folder.path(), database.section());
        try (var api = server.api()) {
            String network = Cloud.network(api, PROJECT, "10.64.0.0/16");
            warmUp(api, network);
            var inserts = new Series("one row put into a table");
            var ports = new Series("create port");
            for (int i = 1; i <= runs; i++) {
                inserts.add(inserts(database, folder.path()));
                ports.add(ports(api, network));
                out.println("insert, run " + i + " of " + runs + ", " + AT_ONCE + " of each");
            }
            out.println();
            out.println(Series.HEAD);
            out.println(inserts.row());
            out.println(ports.row());
            out.println("\nRatio of the medians: " + Series.number(ports.median() / inserts.median()));
        }
    }

    /** Milliseconds a row. */
    private static double inserts(MariaDbServer database, Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("slap.csv");
        Files.deleteIfExists(log);
        var slap = Daemon.start(
                List.of(
                        "mariadb-slap",
                        "--no-defaults",
                        "--protocol=tcp",
                        "--host=127.0.0.1",
                        "--port=" + database.port(),
                        "--user=root",
                        "--create-schema=slap",
                        "--create=CREATE TABLE one (id VARCHAR(36) PRIMARY KEY, doc TEXT NOT NULL)",
                        "--query=INSERT INTO one VALUES (uuid(), repeat('x', " + ROW_BYTES + "))",
                        "--number-of-queries=" + AT_ONCE,
                        "--concurrency=1",
                        "--csv"),
                log);
        if (slap.process().waitFor() != 0) {
            throw new LabException("mariadb-slap failed: " + Scripts.tail(log, 5));
        }
        // Engine, kind of load, then the mean of the seconds that all took.
        var fields = Files.readString(log).strip().split(",");
        return Double.parseDouble(fields[2]) * 1000 / AT_ONCE;
    }

    /** Until the server's code is compiled. */
    private void warmUp(Api api, String network) {
        out.println("warming up");
        for (int i = 0; i < WARM_UP; i++) {
            ports(api, network);
        }
    }

    /** Milliseconds that half of the ports take at most. */
    private static double ports(Api api, String network) {
        var each = new Series("port");
        for (int i = 0; i < AT_ONCE; i++) {
            long begin = System.nanoTime();
            Cloud.made(api, "port", Cloud.port(network, PROJECT, "bench"));
            each.addNanos(System.nanoTime() - begin);
        }
        return each.median();
    }
}
