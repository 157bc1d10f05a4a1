package io.isospin.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of the checkout that answers. */
record RunningServer(Daemon daemon, int port) {
    /** {@code database}: the section [database] of its file; empty for a file of its own. */
    static RunningServer start(Checkout checkout, Kept kept, Path folder, String database)
            throws IOException, InterruptedException {
        var own = Files.createTempDirectory(folder, "server");
        var files = new ServerFiles(own, ServerFiles.freePort(), database);
        var daemon = kept.keep(Daemon.start(checkout.server(files.server()), own.resolve("server.log")));
        try (var api = Api.of(files.port())) {
            daemon.await("the server answers", () -> api.answers("/networks?limit=1"));
        }
        return new RunningServer(daemon, files.port());
    }

    Api api() {
        return Api.of(port);
    }
}
