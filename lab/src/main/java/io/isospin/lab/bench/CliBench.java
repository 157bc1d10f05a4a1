package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@code net-list} of our client and of Debian's, in turn, on one server. */
final class CliBench {
    private static final Path DEBIAN = Path.of("/usr/bin/neutron");
    private static final int NETWORKS = 5;

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    CliBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int runs) throws IOException, InterruptedException {
        Path ours = checkout.home().resolve("bin/neutron");
        for (var client : List.of(ours, DEBIAN)) {
            if (!Files.isExecutable(client)) {
                throw new LabException("There is no " + client
                        + (client.equals(DEBIAN) ? "; install python3-neutronclient." : "; build it first."));
            }
        }
        var folder = kept.keep(Folder.make());
        var files = new ServerFiles(folder.path(), ServerFiles.freePort());
        var server = kept.keep(
                Daemon.start(checkout.server(files.server()), folder.path().resolve("server.log")));
        try (var api = Api.of(files.port())) {
            server.await("the server answers", () -> api.answers("/networks"));
            for (int i = 0; i < NETWORKS; i++) {
                api.post("/networks", JsonMapper.shared().readTree("{\"network\":{\"name\":\"bench" + i + "\"}}"));
            }
        }
        var our = new Series("bin/neutron net-list");
        var theirs = new Series("Debian's neutron net-list");
        for (int i = 0; i <= runs; i++) {
            // The first of each warms the page cache and counts for nothing.
            var a = time(ours, folder.path(), files.port());
            var b = time(DEBIAN, folder.path(), files.port());
            if (i > 0) {
                our.addNanos(a);
                theirs.addNanos(b);
                out.println("net-list, run " + i + " of " + runs);
            }
        }
        out.println();
        out.println(Series.HEAD);
        out.println(our.row());
        out.println(theirs.row());
        out.println();
        out.println("Ours takes " + Series.number(our.median() / theirs.median()) + " of the time of Debian's.");
    }

    private long time(Path client, Path folder, int port) throws IOException, InterruptedException {
        // Nothing of the caller's OS_ variables may reach either; a token and an endpoint need no Keystone.
        var words = List.of(
                "/usr/bin/env",
                "-i",
                "PATH=/usr/bin:/bin",
                "HOME=" + folder,
                "LANG=C.UTF-8",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "OS_AUTH_TYPE=token_endpoint",
                "OS_TOKEN=bench",
                "OS_URL=http://127.0.0.1:" + port,
                client.toString(),
                "net-list");
        Path log = Files.createTempFile(folder, "net-list", ".out");
        long begin = System.nanoTime();
        var run = kept.keep(Daemon.start(words, log));
        int status = run.process().waitFor();
        long took = System.nanoTime() - begin;
        kept.drop(run);
        if (status != 0 || !Files.readString(log).contains("bench" + (NETWORKS - 1))) {
            throw new LabException(
                    client + " does not list the networks (status " + status + "): " + Scripts.tail(log, 5));
        }
        return took;
    }
}
