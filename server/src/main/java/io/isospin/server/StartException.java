package io.isospin.server;

import java.io.UncheckedIOException;

/** Why the server does not start, and what to mend. */
public final class StartException extends RuntimeException {
    StartException(String message) {
        super(message);
    }

    static void listening(String host, int port, Runnable start) {
        try {
            start.run();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new StartException("cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + "): see to bind_host and bind_port in [DEFAULT], and who else listens there.");
        }
    }
}
