package io.isospin.server;

import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Settings;
import io.isospin.server.store.StoreException;

/** Starts the server from the files that the command line names, and ends it on a signal. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Console.begin();
        try {
            var server = Server.start(Settings.read(Arguments.configFiles(args)));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
            Console.say("listening on port " + server.port() + ", data in " + server.file());
        } catch (ConfigException | StoreException | StartException e) {
            System.err.println("isospin server: " + e.getMessage());
            System.exit(1);
        }
    }
}
