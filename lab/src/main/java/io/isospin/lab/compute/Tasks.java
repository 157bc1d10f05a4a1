package io.isospin.lab.compute;

/** What may be being done to a server: Nova's task_state, in its words. */
final class Tasks {
    static final String SCHEDULING = "scheduling";
    static final String NETWORKING = "networking";
    static final String SPAWNING = "spawning";
    static final String DELETING = "deleting";
    static final String POWERING_OFF = "powering-off";
    static final String POWERING_ON = "powering-on";
    static final String REBOOTING = "rebooting";
    static final String REBOOTING_HARD = "rebooting_hard";
    static final String PAUSING = "pausing";
    static final String UNPAUSING = "unpausing";
    static final String SUSPENDING = "suspending";
    static final String RESUMING = "resuming";
    static final String MIGRATING = "migrating";
    static final String RESIZING = "resize_migrating";
    static final String REVERTING = "resize_reverting";

    private Tasks() {}
}
