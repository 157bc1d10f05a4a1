package io.isospin.agent.reconcile;

import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.mac;
import static io.isospin.agent.stub.Units.network;
import static io.isospin.agent.stub.Units.peer;
import static io.isospin.agent.stub.Units.port;
import static io.isospin.agent.stub.Units.vlan;
import static io.isospin.agent.stub.Units.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.l2.L2Planner;
import io.isospin.agent.l2.PortStatus;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.stub.Units;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.linux.fake.FakeKernel;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class L2ReconcilerTest {
    private static final InterfaceName ETH2 = new InterfaceName("eth2");
    private static final LinuxBridgeConfig CONFIG =
            new LinuxBridgeConfig(Map.of("physnet2", ETH2), "ml2.ini:3", IpAddress.parse("172.18.0.101"), 8472, true);

    private final FakeKernel kernel = new FakeKernel(false);
    private final List<PortStatus> told = new ArrayList<>();
    private HostView view = HostView.of(HostState.EMPTY, true);
    private final L2Reconciler reconciler;

    L2ReconcilerTest() {
        kernel.root().addDevice(ETH2, mac(1), 1500);
        reconciler = new L2Reconciler(
                "compute01",
                kernel.root(),
                () -> view,
                new L2Planner("compute01", CONFIG, false),
                new L2Reconciler.Listener() {
                    @Override
                    public void tell(List<PortStatus> statuses) {
                        told.clear();
                        told.addAll(statuses);
                    }
                },
                new Signals());
    }

    private void want(boolean confirmed, Unit... units) {
        view = HostView.of(
                HostState.EMPTY.with(List.of(new FeedMessage.Image(List.of(units)), new FeedMessage.At("s", 1))),
                confirmed);
    }

    private void everything() {
        reconciler.reconcile(new Signals.Batch(Set.of(), true));
    }

    private void link(InterfaceName name) {
        reconciler.reconcile(new Signals.Batch(Set.of(name), false));
    }

    private PortStatus status(int port) {
        return told.stream()
                .filter(each -> each.port().equals(id(port)))
                .findFirst()
                .orElseThrow();
    }

    @Example
    void aTapThatAppearsIsConnectedWithoutReadingAnythingElseAgain() {
        want(true, network(1, vlan(200)), port(11, 1));
        everything();
        assertThat(status(11).waiting()).isTrue();
        InterfaceName tap = InterfaceName.tap(id(11));
        kernel.root().addDevice(tap, mac(11), 1500);
        kernel.root().forgetApplied();
        link(tap);
        assertThat(kernel.root().applied()).containsExactly(new Operation.SetMaster(tap, InterfaceName.bridge(id(1))));
        assertThat(status(11).up()).isTrue();
    }

    @Example
    void whatIsRightIsLeftAlone() {
        want(true, network(1, vlan(200)), network(2, vxlan(7)), port(11, 1), peer(12, 2, "172.18.0.102"));
        everything();
        kernel.root().forgetApplied();
        everything();
        link(ETH2);
        assertThat(kernel.root().applied()).isEmpty();
    }

    @Example
    void nothingIsRemovedBeforeAServerHasConfirmedTheState() {
        want(true, network(1, vlan(200)));
        everything();
        want(false);
        kernel.root().forgetApplied();
        everything();
        assertThat(kernel.root().applied()).isEmpty();
        want(true);
        everything();
        assertThat(kernel.root().observe().links()).containsOnlyKeys(ETH2, new InterfaceName("lo"));
    }

    @Example
    void aBridgeThatTheComputeServiceMadeAheadOfTheFeedStays() {
        InterfaceName bridge = InterfaceName.bridge(id(1));
        kernel.root().apply(List.of(new Operation.CreateBridge(bridge, 1500)));
        everything();
        everything();
        assertThat(kernel.root().observe().links()).containsKey(bridge);
    }

    @Example
    void aRefusedOperationIsHeldBackAndToldInThePortsReason() {
        want(true, network(1, vlan(200)), port(11, 1));
        kernel.root().addDevice(InterfaceName.tap(id(11)), mac(11), 1500);
        kernel.root().fail(operation -> operation instanceof Operation.CreateTaggedPair, 95);
        everything();
        assertThat(status(11).up()).isFalse();
        assertThat(status(11).reason()).startsWith("compute01: ").contains("VLAN 200 on eth2");
        kernel.root().forgetApplied();
        link(ETH2);
        assertThat(kernel.root().applied()).noneMatch(Operation.CreateTaggedPair.class::isInstance);
    }

    /** Whatever is wanted in whatever order, one turn makes it so, a second finds nothing to do, and nothing is left. */
    @Property(tries = 150)
    void anySequenceOfStatesConverges(@ForAll long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 6; step++) {
            want(true, anything(random));
            everything();
            kernel.root().forgetApplied();
            everything();
            assertThat(kernel.root().applied())
                    .as("the second turn of step %s", step)
                    .isEmpty();
        }
        want(true);
        everything();
        assertThat(kernel.root().observe().links().keySet())
                .allMatch(name -> name.value().matches("lo|eth2|tap.*"));
    }

    private Unit[] anything(Random random) {
        var units = new ArrayList<Unit>();
        for (int n = 1; n <= 5; n++) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            units.add(network(n, n == 1 ? Units.FLAT : n % 2 == 0 ? vlan(100 + n) : vxlan(n)));
            for (int p = 10 * n; p < 10 * n + 3; p++) {
                InterfaceName tap = InterfaceName.tap(id(p));
                if (random.nextBoolean()) {
                    units.add(port(p, random.nextInt(8) == 0 ? 1 : n));
                }
                if (random.nextBoolean() && kernel.root().link(tap).isEmpty()) {
                    kernel.root().addDevice(tap, mac(p), 1500);
                }
                if (random.nextInt(3) == 0) {
                    units.add(peer(p + 500, n, "172.18.0." + (102 + random.nextInt(3))));
                }
            }
        }
        return units.toArray(Unit[]::new);
    }
}
