package io.isospin.agent.report;

import io.isospin.core.host.HostWiring;
import io.isospin.core.host.HostWiring.Part;
import io.isospin.core.net.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which of the host's devices the server is to be told of: those parts that differ from what it has answered, a moment
 * after the first news, so that much that happens together is told once. The more there was to tell, the longer until
 * the next. Safe for use by several threads.
 */
final class WiringOutbox {
    static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Supplier<Optional<Map<Optional<ResourceId>, Part>>> parts;
    private final LongSupplier nanos;
    private final Map<Optional<ResourceId>, Part> answered = new HashMap<>();
    private boolean news;
    private boolean whole = true;
    private boolean wholeAsked;
    private long dueNanos;
    private long restUntil;

    /** @param parts all of them as they are now; nothing where it is too early to tell */
    WiringOutbox(Supplier<Optional<Map<Optional<ResourceId>, Part>>> parts, LongSupplier nanos) {
        this.parts = parts;
        this.nanos = nanos;
        this.restUntil = nanos.getAsLong();
    }

    /** There may be news; answers how long until it is due, or nothing where that was known. */
    synchronized Optional<Duration> changed() {
        if (news) {
            return Optional.empty();
        }
        news = true;
        long now = nanos.getAsLong();
        dueNanos = now + MOMENT.toNanos();
        if (dueNanos - restUntil < 0) {
            dueNanos = restUntil;
        }
        return Optional.of(Duration.ofNanos(dueNanos - now));
    }

    /** Whatever the server was told, it wants all of it. */
    synchronized Optional<Duration> everything() {
        whole = true;
        wholeAsked = true;
        return changed();
    }

    /** How long until {@link #take} may have something; nothing where it will not by itself. */
    synchronized Optional<Duration> due() {
        return news ? Optional.of(Duration.ofNanos(Math.max(0, dueNanos - nanos.getAsLong()))) : Optional.empty();
    }

    /** What is due; null for nothing. */
    synchronized @Nullable HostWiring take() {
        if (!news || nanos.getAsLong() - dueNanos < 0) {
            return null;
        }
        news = false;
        wholeAsked = false;
        Map<Optional<ResourceId>, Part> now = parts.get().orElse(null);
        if (now == null) {
            return null; // what completes the picture is news again
        }
        List<Part> told = whole ? new ArrayList<>(now.values()) : differing(now);
        return told.isEmpty() && !whole ? null : new HostWiring(whole, told);
    }

    private List<Part> differing(Map<Optional<ResourceId>, Part> now) {
        var told = new ArrayList<Part>();
        now.forEach((network, part) -> {
            if (!part.equals(answered.get(network))) {
                told.add(part);
            }
        });
        answered.keySet().stream()
                .filter(network -> !now.containsKey(network))
                .forEach(network -> told.add(Part.none(network.orElse(null))));
        return told;
    }

    synchronized void acknowledge(HostWiring sent) {
        if (sent.whole()) {
            answered.clear();
            whole = wholeAsked;
        }
        int devices = 0;
        for (Part part : sent.parts()) {
            devices += part.interfaces().size();
            if (part.isEmpty()) {
                answered.remove(Optional.ofNullable(part.network()));
            } else {
                answered.put(Optional.ofNullable(part.network()), part);
            }
        }
        restUntil = nanos.getAsLong()
                + Math.min(LONGEST.toNanos(), Duration.ofMillis(devices).toNanos());
    }
}
