package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Set;

/** Waiting at start for a database that is not there yet, as {@code max_retries} and {@code retry_interval} say. */
final class Awaiting {
    private static final System.Logger LOG = System.getLogger(Awaiting.class.getName());
    /** Access denied, unknown schema: waiting mends neither. */
    private static final Set<Integer> HOPELESS = Set.of(1044, 1045, 1049, 1698);

    private Awaiting() {}

    /** What is tried. */
    @FunctionalInterface
    interface Attempt {
        void run() throws SQLException;
    }

    static void server(Database.Server server, Attempt attempt) {
        for (int tried = 1; ; tried++) {
            try {
                attempt.run();
                if (tried > 1) {
                    LOG.log(Level.INFO, "the database " + server.name() + " is there");
                }
                return;
            } catch (SQLException e) {
                boolean over = server.retries() >= 0 && tried > server.retries();
                if (over || hopeless(e)) {
                    throw new StoreException(
                            "The database " + server.name() + " cannot be used as " + server.user() + ": "
                                    + e.getMessage() + ". See to [database] connection"
                                    + (over ? " and the server (tried " + tried + " times)." : "."),
                            e);
                }
                LOG.log(
                        Level.WARNING,
                        "the database {0} is not there ({1}); attempt {2} of {3}, the next in {4} s ([database]"
                                + " max_retries, retry_interval)",
                        server.name(),
                        e.getMessage(),
                        tried,
                        server.retries() < 0 ? "any number" : Integer.toString(server.retries() + 1),
                        server.interval().toSeconds());
                pause(server);
            }
        }
    }

    private static boolean hopeless(SQLException e) {
        return HOPELESS.contains(e.getErrorCode());
    }

    private static void pause(Database.Server server) {
        try {
            Thread.sleep(server.interval());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database " + server.name(), e);
        }
    }
}
