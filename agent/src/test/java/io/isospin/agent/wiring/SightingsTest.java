package io.isospin.agent.wiring;

import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.mac;
import static io.isospin.agent.stub.Units.network;
import static io.isospin.agent.stub.Units.port;
import static io.isospin.agent.stub.Units.vlan;
import static io.isospin.agent.stub.Units.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.l2.L2Planner;
import io.isospin.agent.l2.L2Status;
import io.isospin.agent.l2.L2Turn;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.wiring.Sightings.Expected;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.host.HostWiring;
import io.isospin.core.host.HostWiring.Device;
import io.isospin.core.host.HostWiring.Part;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.fake.FakeKernel;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final InterfaceName ETH2 = new InterfaceName("eth2");
    private static final LinuxBridgeConfig CONFIG =
            new LinuxBridgeConfig(Map.of("physnet2", ETH2), "ml2.ini:3", IpAddress.parse("172.18.0.101"), 8472, true);

    private final FakeKernel kernel = new FakeKernel(true);
    private final L2Planner planner = new L2Planner("compute01", CONFIG, true);
    private Set<InterfaceName> unwanted = Set.of();
    private Optional<Expected> expected = Optional.of(new Expected(true, Set.of(), Set.of()));
    private final Sightings sightings = new Sightings("compute01", () -> expected);

    SightingsTest() {
        kernel.root().addDevice(ETH2, mac(1), 1500);
    }

    /** Makes the root namespace as it should be, and then looks at what {@code apart} has left of it. */
    private void look(Runnable apart, Set<InterfaceName> leftovers, List<Result> failures, Unit... units) {
        HostView view = HostView.of(
                HostState.EMPTY.with(List.of(new FeedMessage.Image(List.of(units)), new FeedMessage.At("s", 1))), true);
        kernel.root()
                .apply(planner.plan(view, kernel.root().observe(), name -> false)
                        .operations());
        apart.run();
        Observed observed = kernel.root().observe();
        var plan = planner.plan(view, observed, name -> false);
        unwanted = plan.unwanted();
        var status = new L2Status("compute01", observed, failures);
        sightings.root(new L2Turn(
                true,
                plan.wiring(),
                observed,
                leftovers,
                failures,
                status.troubles(plan.wiring()),
                status.of(plan.wiring())));
    }

    private Map<Optional<ResourceId>, Part> parts() {
        return sightings.parts().orElseThrow();
    }

    private Part part(int network) {
        return Objects.requireNonNull(parts().get(Optional.of(id(network))));
    }

    /** What belongs to no network. */
    private Part rest() {
        return Objects.requireNonNull(parts().get(Optional.<ResourceId>empty()));
    }

    private static Device device(List<Device> devices, String name) {
        return devices.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachDeviceIsInThePartOfItsNetworkAndInNoOther() {
        InterfaceName tap = InterfaceName.tap(id(11));
        kernel.root().addDevice(tap, mac(11), 1500);
        kernel.root().addDevice(new InterfaceName("eth9"), mac(9), 1500);
        look(() -> {}, Set.of(), List.of(), network(1, vlan(200)), port(11, 1), network(2, vxlan(42)));
        Device tapped = device(part(1).interfaces(), tap.value());
        assertThat(tapped.kind()).isEqualTo("tap");
        assertThat(tapped.port()).isEqualTo(id(11));
        assertThat(tapped.master()).isEqualTo("brq00000001-00");
        Device tagged = device(part(1).interfaces(), "eth2.200");
        assertThat(tagged.kind()).isEqualTo("vlan");
        assertThat(tagged.vlan()).isEqualTo(200);
        assertThat(tagged.parent()).isEqualTo("eth2");
        Device tunnel = device(part(2).interfaces(), "vxlan-42");
        assertThat(tunnel.vni()).isEqualTo(42);
        assertThat(tunnel.localIp()).hasToString("172.18.0.101");
        assertThat(part(1).differences()).isEmpty();
        assertThat(part(2).differences()).isEmpty();
        assertThat(rest().interfaces()).extracting(Device::name).contains("eth2", "eth9");
        var all = new ArrayList<String>();
        parts().values().forEach(part -> part.interfaces().forEach(each -> all.add(each.name())));
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotAsItShouldBeIsSaidOnceWithItsDevice() {
        look(
                () -> kernel.root().apply(List.of(new Operation.DeleteLink(new InterfaceName("eth2.200")))),
                Set.of(ETH2),
                List.of(
                        new Result(
                                new Operation.SetUp(new InterfaceName("eth2.200"), true), 1, "cannot set eth2.200 up"),
                        new Result(new Operation.SetUp(ETH2, true), 1, "cannot set eth2 up")),
                network(1, vlan(200)),
                port(11, 1));
        assertThat(part(1).differences())
                .contains("cannot set eth2.200 up")
                .anySatisfy(each -> assertThat(each).startsWith("there is no interface eth2.200"))
                .anySatisfy(each -> assertThat(each).startsWith("there is no interface tap0000000b-00 yet"))
                .doesNotHaveDuplicates();
        assertThat(rest().differences())
                .containsExactly("cannot set eth2 up", "eth2 is there, and no network or port of this host wants it");
    }

    @Test
    void aTapOfNoPortOfTheHostIsADifferenceWhereItIs() {
        InterfaceName loose = InterfaceName.tap(id(98));
        InterfaceName bridged = InterfaceName.tap(id(99));
        look(
                () -> {
                    kernel.root().addDevice(loose, mac(98), 1500);
                    kernel.root().addDevice(bridged, mac(99), 1500);
                    kernel.root().apply(List.of(new Operation.SetMaster(bridged, InterfaceName.bridge(id(1)))));
                },
                Set.of(loose, bridged),
                List.of(),
                network(1, vlan(200)));
        assertThat(unwanted).containsExactlyInAnyOrder(loose, bridged);
        assertThat(part(1).differences())
                .containsExactly(
                        "tap00000063-00 is there, in the bridge brq00000001-00, and no network or port of this host wants it");
        assertThat(rest().differences())
                .containsExactly("tap00000062-00 is there, and no network or port of this host wants it");
        assertThat(device(part(1).interfaces(), bridged.value()).port()).isNull();
    }

    @Test
    void moreThanAReportTakesIsCutAndCounted() {
        List<Unit> units = new ArrayList<>(List.of(network(1, vlan(200))));
        for (int i = 0; i < 150; i++) {
            units.add(port(1000 + i, 1));
        }
        look(() -> {}, Set.of(), List.of(), units.toArray(Unit[]::new));
        assertThat(part(1).differences())
                .hasSize(HostWiring.MOST_DIFFERENCES)
                .last()
                .isEqualTo("and 51 more differences");
    }

    @Test
    void aNamespaceShowsItsServicesAndWhyTheyAreNotThere() {
        look(() -> {}, Set.of(), List.of());
        sightings.inside(id(1), new Inside("qdhcp-1", Observed.of(List.of()), true, ""));
        sightings.metadata(id(1), "no sockets");
        assertThat(part(1).namespaces())
                .containsExactly(new HostWiring.Namespace(
                        "qdhcp-1",
                        List.of(),
                        List.of(new HostWiring.Service("dnsmasq", true), new HostWiring.Service("metadata", false))));
        assertThat(part(1).differences()).containsExactly("metadata is not served in qdhcp-1: no sockets");
        sightings.nothingInside(id(1));
        assertThat(parts()).doesNotContainKey(Optional.of(id(1)));
    }

    @Test
    void nothingIsToldBeforeAllHasBeenSeen() {
        expected = Optional.empty();
        look(() -> {}, Set.of(), List.of());
        assertThat(sightings.parts()).isEmpty();
        expected = Optional.of(new Expected(true, Set.of(id(1)), Set.of()));
        assertThat(sightings.parts()).isEmpty();
        sightings.inside(id(1), new Inside("qdhcp-1", null, false, "DHCP: no"));
        assertThat(part(1).differences()).containsExactly("DHCP: no");
    }
}
