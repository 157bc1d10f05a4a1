package io.isospin.server.dhcp;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.agent.Agents;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks after the networks' DHCP from time to time: what an agent served that has died goes to others, and networks
 * that wait for an agent get one. Several servers may do so at once, as each step asks the store anew.
 */
public final class DhcpKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DhcpKeeper.class.getName());
    /** Networks that change hands in one transaction. */
    private static final int BATCH = 100;

    private final Store store;
    private final Agents agents;
    private final DhcpSettings settings;
    private final DhcpAgents dhcp;
    private final Duration interval;
    private final Thread thread;

    public DhcpKeeper(Store store, Agents agents, DhcpSettings settings, DhcpAgents dhcp) {
        this.store = store;
        this.agents = agents;
        this.settings = settings;
        this.dhcp = dhcp;
        this.interval = Duration.ofSeconds(Math.max(agents.downAfter().toSeconds() / 2, 1));
        this.thread = Thread.ofVirtual().name("dhcp-keeper").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            // Agents that could not report while no server was there get their chance first, also after a clock that
            // jumped or a machine that slept.
            Thread.sleep(agents.downAfter().multipliedBy(2).plus(interval));
            while (!Thread.currentThread().isInterrupted()) {
                long before = System.currentTimeMillis();
                look();
                Thread.sleep(interval);
                long passed = System.currentTimeMillis() - before;
                if (passed < 0 || passed > interval.plus(agents.downAfter()).toMillis()) {
                    Thread.sleep(agents.downAfter().multipliedBy(2));
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "no longer looking after DHCP: the server stops");
        }
    }

    private void look() {
        try {
            boolean anyone = store.read(view -> Agents.all(view, Agents.DHCP).stream()
                    .anyMatch(agent -> agents.isAlive(agent, view.now()) && flag(agent, "admin_state_up")));
            if (!anyone) {
                return;
            }
            if (settings.failover()) {
                for (var agent : store.read(this::dead)) {
                    relieve(agent);
                }
            }
            fill(Integer.MAX_VALUE);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "the networks'' DHCP is looked after later: {0}", e.getMessage());
        }
    }

    private List<ObjectNode> dead(View view) {
        return Agents.all(view, Agents.DHCP).stream()
                .filter(agent -> agents.isDead(agent, view.now()))
                .toList();
    }

    private void relieve(ObjectNode agent) {
        String id = id(agent);
        while (true) {
            var seats = store.read(view -> Seat.ofAgent(view, id, BATCH));
            if (seats.isEmpty()) {
                return;
            }
            LOG.log(
                    Level.WARNING,
                    "the DHCP agent on {0} has not reported for more than {1} s: {2} of its networks go to others",
                    text(agent, "host"),
                    agents.downAfter().toSeconds() * 2,
                    seats.size());
            List<Function<View, Decision<Boolean>>> steps = new ArrayList<>();
            for (var seat : seats) {
                steps.add(view -> taken(view, id, seat.network()));
                steps.add(view -> served(view, seat.network()));
            }
            if (!store.writeAll(steps).contains(true)) {
                return; // it has come back meanwhile
            }
        }
    }

    private Decision<Boolean> taken(View view, String agent, String network) {
        boolean dead = view.get(AGENT, agent)
                .filter(one -> agents.isDead(one, view.now()))
                .isPresent();
        return dead && Seat.of(view, agent, network).isPresent()
                ? dhcp.remove(view, agent, network)
                : Decision.nothing(false);
    }

    private Decision<Boolean> served(View view, String network) {
        return view.get(NETWORK, network)
                .map(document -> new Decision<>(dhcp.serve(view, document).after(document), false))
                .orElse(Decision.nothing(false));
    }

    /** Gives networks that wait for an agent one that can be had; looks at {@code most} of them. */
    public void fill(int most) {
        @Nullable Seat last = null;
        for (int looked = 0; looked < most; looked += BATCH) {
            var after = last;
            var vacant = store.read(view -> Seat.vacant(view, after, BATCH));
            if (vacant.isEmpty()) {
                return;
            }
            last = vacant.getLast();
            List<Function<View, Decision<Boolean>>> steps = new ArrayList<>();
            vacant.forEach(seat -> steps.add(view -> served(view, seat.network())));
            store.writeAll(steps);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
