package io.isospin.agent.reconcile;

import io.isospin.agent.l2.L2Turn;
import io.isospin.agent.l2.PortStatus;
import io.isospin.agent.report.Reporter;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import io.isospin.core.net.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Turns ports' states into reports. A port that merely waits for its tap is told of only when it was up before, or when
 * the wait has become long enough to ask why: most taps come within the second.
 */
public final class PortReports implements L2Reconciler.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Reporter reporter;
    private final LongSupplier nanos;
    private final Consumer<L2Turn> seen;
    private final Map<ResourceId, Long> waitingSince = new HashMap<>();
    private final Set<ResourceId> toldWaiting = new HashSet<>();

    /** @param seen hears of each turn, without ports of which nothing is told yet */
    public PortReports(Reporter reporter, LongSupplier nanos, Consumer<L2Turn> seen) {
        this.reporter = reporter;
        this.nanos = nanos;
        this.seen = seen;
    }

    @Override
    public void tell(List<PortStatus> statuses) {
        long now = nanos.getAsLong();
        var reports = new ArrayList<PortReport>();
        waitingSince
                .keySet()
                .retainAll(statuses.stream()
                        .filter(PortStatus::waiting)
                        .map(PortStatus::port)
                        .collect(Collectors.toSet()));
        toldWaiting.retainAll(waitingSince.keySet());
        for (PortStatus status : statuses) {
            if (status.waiting()) {
                long since = waitingSince.computeIfAbsent(status.port(), absent -> now);
                boolean known = reporter.outbox().isUp(status.port(), Entity.L2);
                if (!known && now - since < PATIENCE.toNanos()) {
                    continue;
                }
                toldWaiting.add(status.port());
            }
            reports.add(new PortReport(status.port(), Entity.L2, status.up(), status.reason()));
        }
        reporter.report(reports);
    }

    @Override
    public void looked(L2Turn turn) {
        seen.accept(turn.without(status -> status.waiting() && !toldWaiting.contains(status.port())));
    }

    /** How long until a waiting port's patience ends; {@code otherwise} where none waits, or all have been told of. */
    @Override
    public Duration untilNext(Duration otherwise) {
        long now = nanos.getAsLong();
        return waitingSince.values().stream()
                .map(since -> PATIENCE.minusNanos(now - since))
                .filter(left -> left.isPositive() && left.compareTo(otherwise) < 0)
                .min(Duration::compareTo)
                .orElse(otherwise);
    }
}
