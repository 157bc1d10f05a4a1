package io.isospin.agent.reconcile;

import io.isospin.agent.l2.PortStatus;
import io.isospin.agent.report.Reporter;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import io.isospin.core.net.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<ResourceId, Long> waitingSince = new HashMap<>();

    public PortReports(Reporter reporter, LongSupplier nanos) {
        this.reporter = reporter;
        this.nanos = nanos;
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
        for (PortStatus status : statuses) {
            if (status.waiting()) {
                long since = waitingSince.computeIfAbsent(status.port(), absent -> now);
                boolean known = reporter.outbox().isUp(status.port(), Entity.L2);
                if (!known && now - since < PATIENCE.toNanos()) {
                    continue;
                }
            }
            reports.add(new PortReport(status.port(), Entity.L2, status.up(), status.reason()));
        }
        reporter.report(reports);
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
