package io.isospin.server.feed;

import io.isospin.core.host.FeedMessage;
import io.isospin.server.follow.Outbox;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One agent's stream: what waits to be sent, and which networks its host has been told of. */
public final class Subscriber {
    /** Batches that may wait for a slow agent before it is cut off; it resumes from what it has. */
    private static final int MOST_WAITING = 256;

    private final String host;
    private final Outbox<List<FeedMessage>> waiting = new Outbox<>(MOST_WAITING);
    private final Set<String> networks = new HashSet<>();
    private long from;

    Subscriber(String host) {
        this.host = host;
    }

    String host() {
        return host;
    }

    Set<String> networks() {
        return networks;
    }

    /** The revision up to which the subscriber knew everything when it came. */
    long from() {
        return from;
    }

    void startFrom(long revision) {
        from = revision;
    }

    void send(List<FeedMessage> batch) {
        waiting.offer(batch, 1);
    }

    /** Ends the stream: the server goes. */
    void end() {
        waiting.cut(true);
    }

    /** The next batch, or an empty one after {@code millis} of nothing. */
    public List<FeedMessage> next(long millis) throws InterruptedException {
        return waiting.next(Duration.ofMillis(millis)).orElse(List.of());
    }

    /** Whether the subscriber fell too far behind to go on. */
    public boolean isCut() {
        return waiting.isOver();
    }
}
