package io.isospin.agent.report;

import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import io.isospin.core.net.ResourceId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reports that wait to be sent, and those that the server has answered. Safe for use by several threads. */
public final class Outbox {
    private record Subject(ResourceId port, Entity entity) {}

    private final Map<Subject, PortReport> waiting = new LinkedHashMap<>();
    private final Map<Subject, PortReport> answered = new HashMap<>();
    private final Set<Subject> forgottenInFlight = new HashSet<>();
    private @Nullable Long wakeAt;

    private static Subject subject(PortReport report) {
        return new Subject(report.port(), report.entity());
    }

    synchronized void put(Collection<PortReport> reports) {
        for (PortReport report : reports) {
            Subject subject = subject(report);
            if (report.equals(answered.get(subject))) {
                waiting.remove(subject);
            } else {
                waiting.put(subject, report);
            }
        }
        if (!waiting.isEmpty()) {
            notifyAll();
        }
    }

    /** Waits until something is to be sent, or for {@code limit}; answers all of it, or nothing. */
    synchronized List<PortReport> take(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (waiting.isEmpty()) {
            long now = System.nanoTime();
            long left = deadline - now;
            if (wakeAt != null) {
                left = Math.min(left, wakeAt - now);
            }
            if (left <= 0) {
                wakeAt = null;
                return List.of();
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        List<PortReport> all = List.copyOf(waiting.values());
        waiting.clear();
        forgottenInFlight.clear();
        return all;
    }

    /** Ends a wait in {@link #take} after a while, though no port has been told of. */
    synchronized void wakeIn(Duration pause) {
        long at = System.nanoTime() + pause.toNanos();
        if (wakeAt == null || at - wakeAt < 0) {
            wakeAt = at;
            notifyAll();
        }
    }

    synchronized void acknowledge(Collection<PortReport> sent) {
        for (PortReport report : sent) {
            if (!forgottenInFlight.contains(subject(report))) {
                answered.put(subject(report), report);
            }
        }
    }

    /** Puts back what could not be sent, where nothing newer has come. */
    synchronized void restore(Collection<PortReport> unsent) {
        unsent.forEach(report -> waiting.putIfAbsent(subject(report), report));
    }

    /** The server asks anew about the port: whatever it was told before, the next report is news. */
    public synchronized void forget(ResourceId port, Entity entity) {
        answered.remove(new Subject(port, entity));
        forgottenInFlight.add(new Subject(port, entity));
    }

    /** Whether the server believes that the port's frames or reservations are in place. */
    public synchronized boolean isUp(ResourceId port, Entity entity) {
        Subject subject = new Subject(port, entity);
        PortReport last = waiting.getOrDefault(subject, answered.get(subject));
        return last != null && last.up();
    }
}
