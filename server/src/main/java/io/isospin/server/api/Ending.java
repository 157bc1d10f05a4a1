package io.isospin.server.api;

/** Why a server ends a stream of lines, and what its client does then. */
public enum Ending {
    TOKEN("The token is not good any more. Resume from this revision with another one.", true),
    SLOW("Too much waits to be read. Resume from this revision.", true),
    SHUTDOWN("This server ends. Resume from this revision, at another one or when this one is back.", true),
    POLICY("What you may see follows other rules now. Watch anew, without a revision.", false),
    BEHIND("Too much has changed while the database was away. Watch anew, without a revision.", false),
    FAULT("The server has failed at telling what changed; its log says why. Watch anew, without a revision.", false);

    private final String message;
    private final boolean resumable;

    Ending(String message, boolean resumable) {
        this.message = message;
        this.resumable = resumable;
    }

    public String message() {
        return message;
    }

    /** Whether the client has missed nothing that it cannot be told later. */
    public boolean isResumable() {
        return resumable;
    }
}
