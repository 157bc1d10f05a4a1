package io.isospin.cli.bench;

/** The benchmark cannot go on; the message says why. */
final class BenchException extends RuntimeException {
    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
