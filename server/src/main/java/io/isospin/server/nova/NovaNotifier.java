package io.isospin.server.nova;

import static io.isospin.core.schema.Catalogue.PORT;

import io.isospin.server.api.ApiError;
import io.isospin.server.identity.KeystoneSession;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Lease;
import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells Nova of its ports through os-server-external-events. It follows the change log from a cursor kept in the
 * store, which moves once Nova has answered: a restart repeats an event rather than losing one.
 */
public final class NovaNotifier implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NovaNotifier.class.getName());
    /** The name under which the store remembers how far Nova was told. */
    public static final String CURSOR = "nova.cursor";

    private static final long UNKNOWN = -1;
    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Store store;
    private final KeystoneSession keystone;
    private final Lease lease;
    private long cursor = UNKNOWN;
    private final Thread thread;
    private volatile boolean closed;

    public NovaNotifier(Store store, KeystoneSession keystone, String holder) {
        this.store = store;
        this.keystone = keystone;
        this.lease = new Lease(store, "nova", holder);
        this.thread = Thread.ofVirtual().name("nova-notifier").start(this::follow);
    }

    private record Batch(long upTo, List<ObjectNode> events) {}

    private void follow() {
        Duration retry = FIRST_RETRY;
        while (!closed) {
            try {
                // Of several servers one tells Nova.
                if (!lease.held()) {
                    cursor = UNKNOWN;
                    Thread.sleep(lease.pause());
                } else if (tell()) {
                    retry = FIRST_RETRY;
                } else {
                    Thread.sleep(retry);
                    retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
                }
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "no longer telling Nova: the server stops");
            } catch (StoreException e) {
                LOG.log(Level.ERROR, "Nova is not told of ports until the database is back: " + e.getMessage());
                pause();
            }
        }
    }

    /** Waits for changes after the cursor and tells of them; whether Nova has taken what there was. */
    private boolean tell() throws InterruptedException {
        if (cursor == UNKNOWN) {
            cursor = store.read(
                    view -> view.remembered(CURSOR).map(Long::parseLong).orElseGet(view::revision));
        }
        store.awaitChange(cursor, IDLE);
        var batch = store.read(view -> batch(view, cursor));
        if (!batch.events().isEmpty()) {
            if (!delivered(batch.events())) {
                return false;
            }
            remember(batch.upTo());
        }
        cursor = batch.upTo();
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(FIRST_RETRY.multipliedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remember(long reached) {
        store.write(view -> new Decision<>(List.of(new Change.Remember(CURSOR, Long.toString(reached))), true));
    }

    private static Batch batch(View view, long after) {
        var changes = view.changes(after, Set.of(PORT), BATCH);
        var events = changes.stream()
                .flatMap(change -> NovaEvents.of(change, view.get(PORT, change.id())).stream())
                .distinct()
                .toList();
        return new Batch(changes.size() == BATCH ? changes.getLast().revision() : view.revision(), events);
    }

    private boolean delivered(List<ObjectNode> events) {
        try {
            var target = keystone.endpoint("compute");
            if (target.isEmpty()) {
                LOG.log(Level.WARNING, "Keystone's catalogue has no compute service to tell of ports");
                return false;
            }
            var body = JsonNodeFactory.instance.objectNode();
            body.putArray("events").addAll(events);
            var answer = keystone.http()
                    .send(
                            "POST",
                            target.get() + "/os-server-external-events",
                            Map.of("X-Auth-Token", keystone.token()),
                            body);
            return switch (answer.status()) {
                case 401 -> {
                    keystone.forget();
                    yield false;
                }
                // 207: some instances are unknown to Nova; 404: all of them. There is nobody to tell.
                case 200, 207, 404 -> true;
                default -> {
                    LOG.log(
                            Level.WARNING,
                            "Nova at {0} answered HTTP {1} to port events",
                            target.get(),
                            answer.status());
                    yield answer.status() == 400;
                }
            };
        } catch (IOException | ApiError e) {
            LOG.log(Level.WARNING, "Nova cannot be told of ports yet: " + e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.join(Duration.ofSeconds(1))) {
                lease.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "another server tells Nova only after a while: " + e.getMessage());
        }
    }
}
