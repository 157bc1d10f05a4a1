package io.isospin.agent.metadata;

/** A request that is not taken; the connection ends with the answer, since nobody knows where the next one begins. */
final class BadRequest extends Exception {
    private final int status;

    BadRequest(int status, String why) {
        super(why);
        this.status = status;
    }

    int status() {
        return status;
    }
}
