package io.isospin.agent.reconcile;

import io.isospin.agent.l2.L2Planner;
import io.isospin.agent.l2.L2Planner.L2Plan;
import io.isospin.agent.l2.L2Status;
import io.isospin.agent.l2.L2Turn;
import io.isospin.agent.l2.PortStatus;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.observe.RootView;
import io.isospin.agent.plan.HeldBack;
import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Operation;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the root namespace as the feed wants it. One thread: it takes all signals that have come, reads what changed,
 * plans, applies the plan as one batch, reads and plans again until nothing is left to do, and tells each port's state.
 */
public final class L2Reconciler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(L2Reconciler.class.getName());
    private static final Duration SAFETY_NET = Duration.ofSeconds(30);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(2);
    private static final int PASSES = 4;

    /** Hears what became of the ports after each turn. */
    public interface Listener {
        void tell(List<PortStatus> statuses);

        /** Hears all that the turn has come to, afterwards. */
        default void looked(L2Turn turn) {}

        /** How long until it wants to be told again though nothing has changed; at most {@code otherwise}. */
        default Duration untilNext(Duration otherwise) {
            return otherwise;
        }
    }

    private final String host;
    private final NetworkNamespace root;
    private final Supplier<HostView> desired;
    private final L2Planner planner;
    private final Listener reports;
    private final Signals signals;
    private final Grace grace = new Grace(SAFETY_NET, System::nanoTime);
    private final HeldBack heldBack = new HeldBack(System::nanoTime);
    private final RootView view;
    private final Thread thread = Thread.ofPlatform().name("l2").daemon().unstarted(this::run);
    private NetworkNamespace.Watch watch = () -> {};
    private int operations;
    private boolean inStep;
    private volatile boolean closed;

    public L2Reconciler(
            String host,
            NetworkNamespace root,
            Supplier<HostView> desired,
            L2Planner planner,
            Listener reports,
            Signals signals) {
        this.host = host;
        this.root = root;
        this.desired = desired;
        this.planner = planner;
        this.reports = reports;
        this.signals = signals;
        this.view = new RootView(root);
    }

    /** {@code alsoTold} hears of each changed link too, as the DHCP side does for its own. */
    public void start(Consumer<InterfaceName> alsoTold) {
        watch = root.watch(new NetworkNamespace.Listener() {
            @Override
            public void changed(InterfaceName link) {
                signals.link(link);
                alsoTold.accept(link);
            }

            @Override
            public void lost() {
                LOG.log(Level.WARNING, "the kernel dropped link events; looking at everything again");
                signals.everything();
            }
        });
        thread.start();
    }

    private void run() {
        Duration wait = Duration.ZERO;
        long fullAt = System.nanoTime();
        try {
            while (!closed) {
                Signals.Batch batch = signals.take(wait);
                boolean everything = batch.everything() || System.nanoTime() >= fullAt;
                if (everything) {
                    fullAt = System.nanoTime() + SAFETY_NET.toNanos();
                }
                try {
                    reconcile(new Signals.Batch(batch.links(), everything));
                    Duration untilFull = Duration.ofNanos(Math.max(0, fullAt - System.nanoTime()));
                    wait = heldBack.untilNext(reports.untilNext(untilFull));
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "reconciling the host's bridges failed; trying again soon", e);
                    fullAt = System.nanoTime();
                    wait = AFTER_ERROR;
                    Thread.sleep(AFTER_ERROR);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One turn. */
    void reconcile(Signals.Batch batch) {
        if (batch.everything()) {
            view.readAll();
        } else {
            view.read(batch.links());
        }
        HostView wanted = desired.get();
        L2Plan plan = plan(wanted);
        if (batch.everything()) {
            plan.quiet().forEach(this::silence);
        }
        for (int pass = 0; pass < PASSES; pass++) {
            List<Operation> due = heldBack.due(plan.operations());
            if (due.isEmpty()) {
                break;
            }
            List<Result> results = root.apply(due);
            operations += due.size();
            for (Result failure : heldBack.note(results)) {
                LOG.log(Level.WARNING, failure.message());
            }
            results.stream().filter(Result::ok).forEach(result -> created(result.operation()));
            if (due.stream().anyMatch(Operation.CreateBridge.class::isInstance)) {
                plan.quiet().forEach(this::silence);
            }
            view.applied(results);
            plan = plan(wanted);
        }
        var status = new L2Status(host, view.observed(), heldBack.failures());
        List<PortStatus> statuses = status.of(plan.wiring());
        reports.tell(statuses);
        reports.looked(new L2Turn(
                wanted.confirmed(),
                plan.wiring(),
                view.observed(),
                wanted.confirmed()
                        ? plan.unwanted().stream().filter(grace::isLeftover).collect(Collectors.toUnmodifiableSet())
                        : Set.of(),
                heldBack.failures(),
                status.troubles(plan.wiring()),
                statuses));
        if (wanted.confirmed() && !inStep) {
            inStep = true;
            LOG.log(
                    Level.INFO,
                    "the host''s bridges are as the server wants them, {0} ports, {1} operations since the start",
                    Integer.toString(statuses.size()),
                    Integer.toString(operations));
        }
    }

    private L2Plan plan(HostView wanted) {
        L2Plan plan = planner.plan(wanted, view.observed(), name -> wanted.confirmed() && grace.mayGo(name));
        if (wanted.confirmed()) {
            grace.note(plan.wiring().devices(), plan.unwanted());
        }
        return plan;
    }

    private void created(Operation operation) {
        switch (operation) {
            case Operation.CreateBridge o -> LOG.log(Level.INFO, "made the bridge {0}", o.name());
            case Operation.CreateVxlan o -> silence(o.name());
            case Operation.CreateVlan o -> silence(o.name());
            case Operation.CreateTaggedPair o -> silence(o.name());
            case Operation.DeleteLink o -> LOG.log(Level.INFO, "removed {0}", o.name());
            default -> {
                // taps come and go too often to tell
            }
        }
    }

    /** Keeps the host itself off a tenant's network: no link-local address, no router advertisement taken. */
    private void silence(InterfaceName device) {
        String key = "net/ipv6/conf/" + device + "/disable_ipv6";
        try {
            if (root.sysctl(key).filter("0"::equals).isPresent()) {
                root.sysctl(key, "1");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "IPv6 can''t be disabled on {0}: {1}", device, e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        thread.interrupt();
    }
}
