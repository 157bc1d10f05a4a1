package io.isospin.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A duty that one of several servers does alone. Whoever holds it renews it; where a server has died, another takes it
 * over once it has run out.
 */
public final class Lease {
    private static final Duration TERM = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final Store store;
    private final String key;
    private final String holder;
    private Instant renewed = Instant.MIN;

    /** {@code holder}: names this server among those of the database. */
    public Lease(Store store, String duty, String holder) {
        this.store = store;
        this.key = "lease." + duty;
        this.holder = holder;
    }

    /** Whether this server has the duty now; takes it where nobody has. */
    public boolean held() {
        var now = Instant.now();
        if (now.isBefore(renewed.plus(RENEWAL))) {
            return true;
        }
        boolean mine = store.write(this::take);
        renewed = mine ? now : Instant.MIN;
        return mine;
    }

    /** How long who does not hold it may wait before asking again. */
    public Duration pause() {
        return RENEWAL;
    }

    private Decision<Boolean> take(View view) {
        // A server's clock may be off by as much as the difference of term and renewal.
        var now = Instant.now();
        String value = view.remembered(key).orElse("");
        int at = value.indexOf(' ');
        boolean free =
                at < 0 || value.substring(at + 1).equals(holder) || now.isAfter(Instant.parse(value.substring(0, at)));
        return free
                ? new Decision<>(List.of(new Change.Remember(key, now.plus(TERM) + " " + holder)), true)
                : Decision.nothing(false);
    }

    /** Lets another have it at once. */
    public void release() {
        if (!renewed.equals(Instant.MIN)) {
            store.write(view -> view.remembered(key)
                            .filter(value -> value.endsWith(" " + holder))
                            .isPresent()
                    ? new Decision<>(List.of(new Change.Remember(key, Instant.EPOCH + " " + holder)), true)
                    : Decision.nothing(false));
            renewed = Instant.MIN;
        }
    }
}
