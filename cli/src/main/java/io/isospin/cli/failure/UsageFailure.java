package io.isospin.cli.failure;

/** The command line itself is wrong: exit status 2, and the message follows the command's usage. */
public final class UsageFailure extends Failure {
    public UsageFailure(String message) {
        super(message);
    }

    @Override
    public int status() {
        return 2;
    }
}
