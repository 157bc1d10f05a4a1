package io.isospin.lab.bench;

import java.io.IOException;
import java.io.PrintStream;

/** From the start of the server's process to its first 200, with an empty folder and with a database of before. */
final class StartBench {
    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    StartBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int runs) throws IOException, InterruptedException {
        var first = new Series("start with an empty folder to the first 200");
        var again = new Series("start with a database to the first 200");
        var memory = new Series("resident memory after the first 200");
        for (int i = 1; i <= runs; i++) {
            var folder = kept.keep(Folder.make());
            first.addNanos(start(folder, memory));
            again.addNanos(start(folder, memory));
            kept.drop(folder);
            out.println("start, run " + i + " of " + runs);
        }
        out.println();
        out.println(Series.HEAD);
        out.println(first.row());
        out.println(again.row());
        out.println(memory.row("MB"));
    }

    private long start(Folder folder, Series memory) throws IOException, InterruptedException {
        var files = new ServerFiles(folder.path(), ServerFiles.freePort());
        var words = checkout.server(files.server());
        long begin = System.nanoTime();
        var server = kept.keep(Daemon.start(words, folder.path().resolve("server.log")));
        try (var api = Api.of(files.port())) {
            long answered = server.await("the server answers", () -> api.answers("/networks"));
            memory.add(server.residentMegabytes());
            return answered - begin;
        } finally {
            kept.drop(server);
        }
    }
}
