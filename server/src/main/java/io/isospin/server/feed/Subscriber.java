package io.isospin.server.feed;

import io.isospin.core.host.FeedMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One agent's stream: what waits to be sent, and which networks its host has been told of. */
public final class Subscriber {
    /** Batches that may wait for a slow agent before it is cut off; it resumes from what it has. */
    private static final int MOST_WAITING = 256;

    private final String host;
    private final BlockingQueue<List<FeedMessage>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Set<String> networks = new HashSet<>();
    private long from;
    private volatile boolean cut;

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
        if (!waiting.offer(batch)) {
            cut = true;
        }
    }

    /** Ends the stream: the server goes. */
    void end() {
        cut = true;
        waiting.clear();
        waiting.offer(List.of());
    }

    /** The next batch, or an empty one after {@code millis} of nothing. */
    public List<FeedMessage> next(long millis) throws InterruptedException {
        var batch = waiting.poll(millis, TimeUnit.MILLISECONDS);
        return batch == null ? List.of() : batch;
    }

    /** Whether the subscriber fell too far behind to go on. */
    public boolean isCut() {
        return cut && waiting.isEmpty();
    }
}
