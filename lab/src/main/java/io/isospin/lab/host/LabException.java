package io.isospin.lab.host;

/** The lab cannot go on; the message is for the person at the terminal and says the mend where there is one. */
public class LabException extends RuntimeException {
    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
