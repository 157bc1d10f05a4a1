package io.isospin.lab.bench;

import io.isospin.core.net.InterfaceName;
import io.isospin.lab.host.LabException;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Operation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** An agent's restart on a host with many ports: how long until it is in step again, and what it touched. */
final class Restart {
    /** What the agent says once it has compared the host with what the server wants. */
    private static final Pattern IN_STEP =
            Pattern.compile("bridges are as the server wants them, (\\d+) ports?, (\\d+)");

    private final BenchHost host;
    private final Wiring wiring;
    private final AgentProcess agent;

    Restart(BenchHost host, Wiring wiring, AgentProcess agent) {
        this.host = host;
        this.wiring = wiring;
        this.agent = agent;
    }

    List<String> run(int count, int runs, PrintStream out) throws IOException, InterruptedException {
        var took = new Series("agent restarted with " + count + " ports, until in step with the server");
        var operations = new Series("operations it sent to the kernel");
        var events = new Series("link changes that the kernel told of meanwhile");
        String network = wiring.network("10.93.0.0/16", false);
        var ports = wiring.ports(network, count);
        var taps = new ArrayList<Operation>();
        ports.forEach(port -> taps.addAll(BenchHost.pair(Wiring.tap(port), Wiring.guest(port))));
        host.apply(taps);
        wiring.awaitActive(ports);
        for (int i = 1; i <= runs; i++) {
            agent.end();
            var seen = new AtomicInteger();
            try (var _ = host.kernel().root().watch(counting(seen))) {
                long begin = System.nanoTime();
                agent.start();
                took.addNanos(agent.await("it is in step", this::inStep) - begin);
            }
            var said = IN_STEP.matcher(agent.log());
            operations.add(said.find() ? Integer.parseInt(said.group(2)) : Double.NaN);
            events.add(seen.get());
            if (wiring.active(network) != count) {
                throw new LabException("After the agent's restart not all ports are ACTIVE.");
            }
            out.println("restart, run " + i + " of " + runs);
        }
        wiring.remove(network, ports);
        return List.of(took.row(), operations.row("number"), events.row("number"));
    }

    private boolean inStep() {
        try {
            return IN_STEP.matcher(agent.log()).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NetworkNamespace.Listener counting(AtomicInteger seen) {
        return new NetworkNamespace.Listener() {
            @Override
            public void changed(InterfaceName link) {
                seen.incrementAndGet();
            }

            @Override
            public void lost() {
                seen.addAndGet(1000);
            }
        };
    }
}
