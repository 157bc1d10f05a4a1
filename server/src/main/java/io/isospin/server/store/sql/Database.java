package io.isospin.server.store.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Where the data is kept. */
public sealed interface Database {
    /** What an operator calls it; without a password. */
    String name();

    /** An SQLite file. */
    record File(Path path) implements Database {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /**
     * A schema on a MariaDB server.
     *
     * @param options of the driver, for TLS and time-outs
     * @param retries how often a server that is not there yet is tried at start; -1 for ever
     * @param interval between those tries
     */
    record Server(
            String host,
            int port,
            String schema,
            String user,
            String password,
            Map<String, String> options,
            Pool pool,
            int retries,
            Duration interval)
            implements Database {
        @Override
        public String name() {
            String socket = UnixSocketFactory.path(options);
            return "MariaDB " + schema + " at " + (socket != null ? socket : host + ":" + port);
        }
    }

    /**
     * How many connections readers have, and for how long.
     *
     * @param idle kept open although nobody reads
     * @param most at most so many
     * @param patience for one of them, when all are lent
     * @param life after which a connection is replaced
     */
    record Pool(int idle, int most, Duration patience, Duration life) {}
}
