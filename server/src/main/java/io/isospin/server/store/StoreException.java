package io.isospin.server.store;

import org.jspecify.annotations.Nullable;

/** The database could not do what it was asked; the message names it and what to mend. */
public final class StoreException extends RuntimeException {
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
