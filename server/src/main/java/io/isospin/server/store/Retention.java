package io.isospin.server.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * Keeps the change log from growing for ever: whoever has fallen further behind than it reaches is sent everything anew.
 * Of several servers one does this.
 */
public final class Retention implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Retention.class.getName());
    /** In one transaction, so that writers never wait long. */
    private static final int AT_ONCE = 5_000;

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Store store;
    private final Lease lease;
    private final long keep;
    private final List<String> cursors;
    private final Thread thread;

    /**
     * @param keep how many changes
     * @param cursors the names of remembered revisions up to which somebody has read, whom nothing may escape
     */
    public Retention(Store store, String holder, long keep, List<String> cursors) {
        this.store = store;
        this.lease = new Lease(store, "retention", holder);
        this.keep = keep;
        this.cursors = cursors;
        this.thread = Thread.ofVirtual().name("retention").start(this::run);
    }

    private void run() {
        while (true) {
            try {
                if (!isDue() || !lease.held() || !prune()) {
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                return; // closing
            } catch (StoreException e) {
                LOG.log(Level.WARNING, "the change log is not pruned now: " + e.getMessage());
                if (!rested()) {
                    return;
                }
            }
        }
    }

    private static boolean rested() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false; // closing
        }
    }

    /** Asked before the lease, which costs a write. */
    private boolean isDue() {
        return store.read(view -> upTo(view) >= view.oldest());
    }

    private long upTo(View view) {
        long upTo = view.revision() - keep;
        for (var cursor : cursors) {
            long read = view.remembered(cursor).map(Long::parseLong).orElse(Long.MAX_VALUE);
            upTo = Math.min(upTo, read);
        }
        return upTo;
    }

    /** Takes one piece off the old end; whether there was one. */
    boolean prune() {
        return store.write(view -> {
            long upTo = Math.min(upTo(view), view.oldest() + AT_ONCE - 1);
            return upTo < view.oldest()
                    ? Decision.nothing(false)
                    : new Decision<>(List.of(new Change.Prune(upTo)), true);
        });
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.join(Duration.ofSeconds(1))) {
                lease.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "another server prunes the change log only after a while: " + e.getMessage());
        }
    }
}
