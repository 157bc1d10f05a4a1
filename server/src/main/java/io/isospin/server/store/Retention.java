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
    private final long keepWirings;
    private final List<String> cursors;
    private final Thread thread;

    /**
     * @param keep how many changes
     * @param keepWirings of how many of the last revisions wirings' changes are kept
     * @param cursors the names of remembered revisions up to which somebody has read, whom nothing may escape
     */
    public Retention(Store store, String holder, long keep, long keepWirings, List<String> cursors) {
        this.store = store;
        this.lease = new Lease(store, "retention", holder);
        this.keep = keep;
        this.keepWirings = keepWirings;
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
        return store.read(view -> !piece(view).isEmpty());
    }

    /** Takes one piece off the old end; whether there was one. */
    boolean prune() {
        return store.write(view -> {
            var piece = piece(view);
            return new Decision<>(piece, !piece.isEmpty());
        });
    }

    /** What goes next: wirings first, which leaves the others their room. */
    private List<Change> piece(View view) {
        var reach = Reach.of(view);
        long wirings = Math.min(view.revision() - keepWirings, reach.wiringsFrom() + AT_ONCE - 1);
        if (wirings >= reach.wiringsFrom()) {
            return reach.withoutWirings(view, wirings);
        }
        long tooMany = Math.min(reach.entries(view) - keep, AT_ONCE);
        long upTo = Math.min(reach.from() + tooMany - 1, read(view));
        return upTo >= reach.from() ? reach.without(view, upTo) : List.of();
    }

    /** Up to where everybody who must not miss anything has read. */
    private long read(View view) {
        return cursors.stream()
                .mapToLong(
                        cursor -> view.remembered(cursor).map(Long::parseLong).orElse(Long.MAX_VALUE))
                .min()
                .orElse(Long.MAX_VALUE);
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
