package io.isospin.agent.mirror;

import io.isospin.core.host.HostState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Saves the state some time after it has changed, on a thread of its own: never in the way of a port. */
public final class StateWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StateWriter.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Desired desired;
    private final StateFile file;
    private final Thread thread =
            Thread.ofPlatform().name("state-file").daemon().unstarted(this::run);
    private HostState saved;
    private boolean failing;

    public StateWriter(Desired desired, StateFile file) {
        this.desired = desired;
        this.file = file;
        this.saved = desired.view().state();
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() saves what is left
        }
    }

    private synchronized void save() {
        HostState state = desired.view().state();
        // A revision alone is worth saving too, but not every sign of life.
        boolean same = state.units().equals(saved.units()) && state.store().equals(saved.store());
        if (same && (state.revision() == saved.revision() || state.units().isEmpty())) {
            return;
        }
        try {
            file.save(state);
            saved = state;
            if (failing) {
                LOG.log(Level.INFO, "{0} is written again", file);
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.log(
                        Level.ERROR,
                        "{0} can''t be written ({1}); the agent goes on, but would start without state",
                        file,
                        e);
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        save();
    }
}
