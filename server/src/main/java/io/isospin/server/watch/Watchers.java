package io.isospin.server.watch;

import io.isospin.server.api.Ending;
import io.isospin.server.api.Gone;
import io.isospin.server.follow.LogFollower;
import io.isospin.server.policy.Policy;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import io.isospin.server.watch.Watcher.Batch;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All who watch on this server. One reader of the change log tells them; where nobody watches, it reads nothing. */
public final class Watchers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchers.class.getName());
    /** As many changes as are told one by one to who comes back; who missed more has less to read in a list. */
    private static final int MOST_CHANGES = 10_000;
    /** Attempts to get as far as the others while they go on. */
    private static final int CHASES = 3;

    private final Store store;
    private final Policy policy;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Interest, Audience> audiences = new LinkedHashMap<>();
    private final LogFollower follower;
    private volatile long cursor;
    private boolean closed;

    public Watchers(Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
        this.cursor = store.read(View::revision);
        this.follower = new LogFollower("watching", store, lock, () -> cursor, this::advance);
        follower.start();
    }

    Watcher watcher(Interest interest) {
        return new Watcher(interest, this::leave);
    }

    /**
     * Tells a watcher all that changes after a revision.
     *
     * @throws Gone where the log does not reach back so far
     */
    void join(Watcher watcher, long revision) {
        var audience = new Audience(watcher.interest(), policy);
        long position = revision;
        for (int chase = 0; ; chase++) {
            if (chase < CHASES) {
                position = caughtUp(watcher, audience, position);
            }
            lock.lock();
            try {
                if (cursor > position && chase >= CHASES) {
                    position = caughtUp(watcher, audience, position);
                }
                if (audiences.isEmpty()) {
                    cursor = position;
                }
                if (cursor <= position) {
                    enter(watcher, audience, position);
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void enter(Watcher watcher, Audience audience, long position) {
        watcher.startFrom(position);
        if (closed) {
            watcher.cut(Ending.SHUTDOWN, true);
            return;
        }
        audiences
                .computeIfAbsent(watcher.interest(), key -> audience)
                .watchers()
                .add(watcher);
    }

    /** Tells one who comes back what it has missed; the revision up to which it has everything then. */
    private long caughtUp(Watcher watcher, Audience audience, long revision) {
        return store.read(view -> {
            var changes = Telling.needed(view, revision, Stream.of(audience.resource()), MOST_CHANGES + 1);
            if (revision > view.revision()
                    || revision + 1 < view.oldest(audience.resource())
                    || changes.size() > MOST_CHANGES) {
                throw new Gone(
                        "WatchRevisionGone",
                        "Revision " + revision
                                + " is not one to go on from: what has changed since is not in the change"
                                + " log any more, or too much. Watch without a revision, or from the one that the"
                                + " X-Isospin-Revision header of a list says.");
            }
            var lines = Telling.of(view, changes, List.of(audience)).get(audience);
            if (lines != null) {
                watcher.begin(Batch.of(lines));
            }
            return view.revision();
        });
    }

    private void leave(Watcher watcher) {
        lock.lock();
        try {
            var audience = audiences.get(watcher.interest());
            if (audience != null
                    && audience.watchers().remove(watcher)
                    && audience.watchers().isEmpty()) {
                audiences.remove(watcher.interest());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called by the follower, with the lock held. */
    private void advance(long revision) {
        if (audiences.isEmpty()) {
            cursor = Math.max(cursor, revision);
            return;
        }
        audiences.values().forEach(audience -> {
            audience.watchers().forEach(Watcher::closeIfStuck);
            if (!audience.isCurrent()) {
                audience.watchers().forEach(watcher -> watcher.cut(Ending.POLICY, true));
            }
        });
        try {
            cursor = store.read(this::told);
        } catch (StoreException e) {
            throw e; // the follower waits for the database
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the changes after revision " + cursor + " cannot be told to those who watch", e);
            cursor = Math.max(cursor, revision);
            cutAll(Ending.FAULT);
        }
    }

    /** Tells all what there is after the cursor; the revision up to which that is. */
    private long told(View view) {
        long head = view.revision();
        if (head <= cursor) {
            return cursor;
        }
        var watched = audiences.values().stream().map(Audience::resource).toList();
        List<Logged> changes = Telling.needed(view, cursor, watched.stream(), MOST_CHANGES + 1);
        long oldest = watched.stream().mapToLong(view::oldest).max().orElse(0);
        if (changes.size() > MOST_CHANGES || cursor + 1 < oldest) {
            cutAll(Ending.BEHIND);
            return head;
        }
        var lines = Telling.of(view, changes, audiences.values());
        for (var audience : audiences.values()) {
            tell(audience, lines.getOrDefault(audience, List.of()), head);
        }
        return head;
    }

    private static void tell(Audience audience, List<Line> lines, long upTo) {
        var all = lines.isEmpty() ? null : Batch.of(lines);
        for (var watcher : audience.watchers()) {
            boolean fresh = lines.isEmpty() || watcher.from() < lines.getFirst().revision();
            watcher.tell(fresh ? all : after(lines, watcher.from()), Math.max(upTo, watcher.from()));
        }
    }

    private static @Nullable Batch after(List<Line> lines, long revision) {
        var rest = lines.stream().filter(line -> line.revision() > revision).toList();
        return rest.isEmpty() ? null : Batch.of(rest);
    }

    private void cutAll(Ending why) {
        new ArrayList<>(audiences.values())
                .forEach(audience -> audience.watchers().forEach(one -> one.cut(why, true)));
    }

    @Override
    public void close() {
        follower.close();
        lock.lock();
        try {
            closed = true;
            cutAll(Ending.SHUTDOWN);
        } finally {
            lock.unlock();
        }
    }
}
