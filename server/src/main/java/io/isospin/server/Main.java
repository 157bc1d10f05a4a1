package io.isospin.server;

import io.isospin.core.config.ConfigException;
import io.isospin.core.config.ConfigFiles;
import io.isospin.core.config.Explanation;
import io.isospin.core.config.Settings;
import io.isospin.linux.systemd.ServiceNotice;
import io.isospin.server.store.StoreException;
import java.util.List;

/** Starts the server from the files that the command line names, and ends it on a signal. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Console.begin();
        try {
            var arguments = ConfigFiles.fromArguments(List.of(args));
            if (arguments.rest().equals(List.of("--explain"))) {
                explain(Settings.read(arguments.files()));
                return;
            }
            if (!arguments.rest().isEmpty()) {
                throw new StartException("unknown arguments " + arguments.rest()
                        + ". Use --config-file FILE and --config-dir DIRECTORY, as often as needed.");
            }
            var server = Server.start(Settings.read(arguments.files()));
            var notice = ServiceNotice.of(System.getenv());
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                notice.close();
                server.close();
            }));
            String status = "listening on port " + server.port() + ", data in " + server.data();
            Console.say(status);
            notice.ready(status, server::answers);
        } catch (ConfigException | StoreException | StartException e) {
            System.err.println("isospin server: " + e.getMessage());
            System.exit(1);
        }
    }

    /** What becomes of each line of the files, without starting anything. */
    private static void explain(Settings settings) {
        try {
            ServerConfig.of(settings);
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
        }
        Explanation.print(settings, System.out);
    }
}
