package io.isospin.server.watch;

import io.isospin.server.api.Ending;
import io.isospin.server.api.Lines;
import io.isospin.server.follow.Outbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One client's stream: what there was to begin with, what has changed since, and a word now and then. */
final class Watcher implements Lines {
    /** Characters that may wait for a slow client. */
    static final long MOST_WAITING = 4 << 20;
    /** How long a client that was cut off may take to read what waits before its connection is closed. */
    private static final long LAST_NANOS = Duration.ofSeconds(10).toNanos();

    private final Interest interest;
    private final Consumer<Watcher> leave;
    private final Queue<Batch> first = new ArrayDeque<>();
    private final Outbox<Batch> box = new Outbox<>(MOST_WAITING);
    private long told;
    private boolean over;
    private long from;
    private volatile long reached;
    private volatile @Nullable Ending ending;
    private volatile @Nullable Thread sender;
    private long cutAt;

    /** {@code leave}: takes the watcher from those who are told. */
    Watcher(Interest interest, Consumer<Watcher> leave) {
        this.interest = interest;
        this.leave = leave;
    }

    /** Lines that go together, and where a client goes on that has them all. */
    record Batch(long revision, String text) {
        static Batch of(List<Line> lines) {
            return new Batch(
                    lines.getLast().revision(), lines.stream().map(Line::text).collect(Collectors.joining()));
        }
    }

    Interest interest() {
        return interest;
    }

    /** Lines that come before all that is told later. */
    void begin(Batch batch) {
        first.add(batch);
    }

    /** It has everything up to a revision, after which it is told. */
    void startFrom(long revision) {
        from = revision;
        reached = revision;
    }

    long from() {
        return from;
    }

    /** Tells it of changes; with no lines, that there were none for it. */
    void tell(@Nullable Batch batch, long upTo) {
        if (batch != null && !box.offer(batch, batch.text().length())) {
            cut(Ending.SLOW, false);
            return;
        }
        if (ending == null) {
            reached = upTo;
        }
    }

    /** Ends the stream. {@code drop}: at once, whatever waits. */
    void cut(Ending why, boolean drop) {
        if (ending == null) {
            ending = why;
            cutAt = System.nanoTime();
            box.cut(drop);
        }
    }

    /** Closes the connection of a client that does not even read why it was cut off. */
    void closeIfStuck() {
        var thread = sender;
        if (ending != null && thread != null && System.nanoTime() - cutAt > LAST_NANOS) {
            thread.interrupt();
        }
    }

    @Override
    public String next(Duration atMost) throws InterruptedException {
        sender = Thread.currentThread();
        var beginning = first.poll();
        if (beginning != null) {
            return taken(beginning);
        }
        // Read before the wait: all up to it is in the box by then, or has been taken.
        long quietUpTo = reached;
        var batch = box.next(atMost);
        if (batch.isPresent()) {
            return taken(batch.get());
        }
        var why = ending;
        if (why != null && box.isOver()) {
            over = true;
            return last(why);
        }
        told = Math.max(told, quietUpTo);
        return Line.alive(told).text();
    }

    private String taken(Batch batch) {
        told = Math.max(told, batch.revision());
        return batch.text();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public String last(Ending why) {
        return Line.ended(told, why);
    }

    @Override
    public void close() {
        leave.accept(this);
    }
}
