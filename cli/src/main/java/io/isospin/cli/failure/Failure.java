package io.isospin.cli.failure;

/** A command could not be done: the message goes to standard error. */
public class Failure extends RuntimeException {
    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The exit status: 1, as of everything that was understood and failed. */
    public int status() {
        return 1;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
