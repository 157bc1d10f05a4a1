package io.isospin.lab.compute.instance;

/** A driver could not do something on a host; the message says what and why. */
public class DriverException extends RuntimeException {
    public DriverException(String message) {
        super(message);
    }
}
