package io.isospin.linux;

import static io.isospin.linux.Scratch.apply;
import static io.isospin.linux.Scratch.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kernel does, the real one and the fake alike. */
abstract class KernelContract {
    private static final int EEXIST = 17;
    private static final int ENODEV = 19;
    private static final IpAddress VTEP_1 = IpAddress.parse("172.18.0.101");
    private static final IpAddress VTEP_2 = IpAddress.parse("172.18.0.102");
    private static final MacAddress ZERO = new MacAddress(0);
    private static final MacAddress MAC = MacAddress.parse("fa:16:3e:00:00:01");

    private Kernel kernel;
    private Scratch scratch;
    private NetworkNamespace ns;

    abstract Kernel open();

    @BeforeEach
    void openScratch() {
        kernel = open();
        scratch = new Scratch(kernel);
        ns = scratch.namespace();
    }

    @AfterEach
    void removeScratch() {
        scratch.close();
    }

    @Test
    void aNewNamespaceHasItsLoopbackUp() {
        assertThat(kernel.namespaces()).contains(ns.name());
        assertThat(ns.link(device("lo"))).get().returns(true, Link::up);
        assertThat(ns.observe().links()).containsOnlyKeys(device("lo"));
        assertThat(kernel.namespace(ns.name())).isSameAs(ns);
    }

    @Test
    void aDeletedNamespaceIsGoneAndANewOneOfItsNameIsEmpty() {
        apply(ns, bridge("brq1"));
        kernel.delete(ns.name());
        assertThat(kernel.namespaces()).doesNotContain(ns.name());
        assertThat(kernel.namespace(ns.name()).observe().links()).containsOnlyKeys(device("lo"));
        kernel.delete(scratch.freshName()); // one that never was
    }

    @Test
    void oneBatchWiresATapIntoItsBridge() {
        apply(
                ns,
                bridge("brq1"),
                veth("tap1", "p1"),
                new Operation.SetMaster(device("tap1"), device("brq1")),
                new Operation.SetUp(device("tap1"), true),
                new Operation.SetUp(device("brq1"), true),
                new Operation.SetMac(device("p1"), MAC),
                new Operation.SetAlias(device("tap1"), "a port"),
                new Operation.SetMtu(device("tap1"), 1450));
        Link bridge = ns.link(device("brq1")).orElseThrow();
        Link tap = ns.link(device("tap1")).orElseThrow();
        Link peer = ns.link(device("p1")).orElseThrow();
        assertThat(bridge.kind()).isEqualTo(new Link.Kind.Bridge(false, 0));
        assertThat(bridge.up()).isTrue();
        assertThat(tap)
                .returns(bridge.index(), Link::master)
                .returns(true, Link::up)
                .returns("a port", Link::alias)
                .returns(1450, Link::mtu)
                .returns(peer.index(), Link::peer);
        assertThat(peer).returns(MAC, Link::mac).returns(false, Link::up);
        assertThat(ns.observe().links().get(device("tap1"))).isEqualTo(tap);

        apply(ns, new Operation.SetMaster(device("tap1"), null), new Operation.SetUp(device("tap1"), false));
        assertThat(ns.link(device("tap1"))).get().returns(0, Link::master).returns(false, Link::up);
    }

    @Test
    void aFailureIsReportedInItsPlaceAndStopsNothing() {
        List<Result> results = ns.apply(List.of(
                bridge("brq1"),
                bridge("brq1"),
                new Operation.SetUp(device("nothing"), true),
                new Operation.SetMaster(device("brq1"), device("nobridge")),
                new Operation.DeleteLink(device("nothing")),
                bridge("brq2")));
        assertThat(results).extracting(Result::error).containsExactly(0, EEXIST, ENODEV, ENODEV, ENODEV, 0);
        assertThat(results.get(1).message()).contains("brq1").contains("exists");
        assertThat(results.get(2).message()).contains("no device nothing");
        assertThat(results.get(3).message()).contains("no device nobridge");
        assertThat(ns.observe().links()).containsKeys(device("brq1"), device("brq2"));
    }

    @Test
    void aPeerMayLiveInAnotherNamespace() {
        NetworkNamespace other = scratch.namespace();
        apply(
                ns,
                new Operation.CreateVeth(device("tap1"), device("ns-1"), other.name(), MAC, 1400),
                new Operation.SetUp(device("tap1"), true));
        apply(other, new Operation.SetUp(device("ns-1"), true));
        assertThat(ns.observe().links()).doesNotContainKey(device("ns-1"));
        assertThat(other.link(device("ns-1")))
                .get()
                .returns(MAC, Link::mac)
                .returns(1400, Link::mtu)
                .returns(true, Link::up);
        apply(ns, new Operation.DeleteLink(device("tap1")));
        assertThat(other.link(device("ns-1"))).isEmpty();
        assertThat(ns.apply(List.of(new Operation.CreateVeth(device("a"), device("b"), "isotest-none", null, 0))))
                .first()
                .returns(2, Result::error);
    }

    @Test
    void aTunnelHasManyDestinationsForBroadcastAndOneForAnAddress() {
        InterfaceName vxlan = device("vxlan-101");
        apply(
                ns,
                new Operation.CreateVxlan(
                        vxlan, new Vni(101), IpAddress.parse("172.18.0.100"), 8472, 1450, false, true),
                new Operation.AddFdb(vxlan, ZERO, VTEP_1),
                new Operation.AddFdb(vxlan, ZERO, VTEP_2),
                new Operation.AddFdb(vxlan, ZERO, VTEP_2),
                new Operation.AddFdb(vxlan, MAC, VTEP_1),
                new Operation.AddFdb(vxlan, MAC, VTEP_2),
                new Operation.AddNeighbour(vxlan, IpAddress.parse("10.1.0.5"), MAC),
                new Operation.AddNeighbour(vxlan, IpAddress.parse("2001:db8::5"), MAC));
        assertThat(ns.link(vxlan)).get().satisfies(link -> {
            assertThat(link.kind())
                    .isEqualTo(
                            new Link.Kind.Vxlan(new Vni(101), IpAddress.parse("172.18.0.100"), 0, 8472, false, true));
            assertThat(link.mtu()).isEqualTo(1450);
        });
        Observed observed = ns.observe();
        assertThat(observed.fdb())
                .containsExactlyInAnyOrder(
                        new Observed.FdbEntry(vxlan, ZERO, VTEP_1),
                        new Observed.FdbEntry(vxlan, ZERO, VTEP_2),
                        new Observed.FdbEntry(vxlan, MAC, VTEP_2));
        assertThat(observed.neighbours())
                .containsExactlyInAnyOrder(
                        new Observed.Neighbour(vxlan, IpAddress.parse("10.1.0.5"), MAC),
                        new Observed.Neighbour(vxlan, IpAddress.parse("2001:db8::5"), MAC));

        apply(
                ns,
                new Operation.DeleteFdb(vxlan, ZERO, VTEP_1),
                new Operation.DeleteFdb(vxlan, MAC, VTEP_2),
                new Operation.DeleteNeighbour(vxlan, IpAddress.parse("10.1.0.5")));
        observed = ns.observe();
        assertThat(observed.fdb()).containsExactly(new Observed.FdbEntry(vxlan, ZERO, VTEP_2));
        assertThat(observed.neighbours()).hasSize(1);
        assertThat(ns.apply(List.of(new Operation.DeleteFdb(vxlan, MAC, VTEP_2))))
                .first()
                .returns(2, Result::error);
    }

    @Test
    void addressesAndRoutesComeAndGo() {
        InterfaceName device = device("ns-1");
        IpAddress own = IpAddress.parse("192.168.100.2");
        IpAddress gateway = IpAddress.parse("192.168.100.1");
        IpPrefix all = IpPrefix.parse("0.0.0.0/0");
        apply(
                ns,
                veth("ns-1", "p1"),
                new Operation.SetUp(device, true),
                new Operation.SetUp(device("p1"), true),
                new Operation.AddAddress(device, own, 24),
                new Operation.AddAddress(device, IpAddress.parse("2001:db8::2"), 64),
                new Operation.AddRoute(all, gateway, null),
                new Operation.AddRoute(IpPrefix.parse("10.5.0.0/16"), null, device),
                new Operation.AddRoute(IpPrefix.parse("::/0"), IpAddress.parse("2001:db8::1"), device));
        assertThat(ns.apply(List.of(
                        new Operation.AddAddress(device, own, 24), new Operation.AddRoute(all, gateway, device))))
                .extracting(Result::error)
                .containsExactly(EEXIST, EEXIST);
        Observed observed = ns.observe();
        assertThat(observed.addresses())
                .contains(
                        new Observed.Address(device, own, 24),
                        new Observed.Address(device, IpAddress.parse("2001:db8::2"), 64));
        assertThat(observed.routes())
                .containsExactlyInAnyOrder(
                        new Observed.Route(all, gateway, device),
                        new Observed.Route(IpPrefix.parse("10.5.0.0/16"), null, device),
                        new Observed.Route(IpPrefix.parse("::/0"), IpAddress.parse("2001:db8::1"), device));

        apply(
                ns,
                new Operation.DeleteRoute(all, gateway, device),
                new Operation.DeleteAddress(device, IpAddress.parse("2001:db8::2"), 64));
        assertThat(ns.observe().routes()).doesNotContain(new Observed.Route(all, gateway, device));
        assertThat(ns.observe().addresses())
                .doesNotContain(new Observed.Address(device, IpAddress.parse("2001:db8::2"), 64));
    }

    @Test
    void aTaggedPairIsFoundAgainAndRepeatingItChangesNothing() {
        InterfaceName trunk = device("eth2");
        InterfaceName vlan = device("eth2.200");
        apply(ns, veth("eth2", "wire"));
        var create = new Operation.CreateTaggedPair(vlan, trunk, new VlanId(200), 1500);
        var pair = new Observed.TaggedPair(vlan, trunk, 200);
        apply(ns, create, new Operation.CreateTaggedPair(device("eth2.201"), trunk, new VlanId(201), 1500));
        Observed before = ns.observe();
        assertThat(before.taggedPairs()).contains(pair).hasSize(2);
        apply(ns, create);
        assertThat(ns.observe()).isEqualTo(before);

        apply(ns, new Operation.DeleteLink(vlan));
        assertThat(ns.observe().taggedPairs()).containsExactly(new Observed.TaggedPair(device("eth2.201"), trunk, 201));
        assertThat(ns.observe().links()).hasSize(before.links().size() - 2);
        assertThat(ns.apply(List.of(
                        new Operation.CreateTaggedPair(device("x.5"), device("nothing"), new VlanId(5), 1500),
                        new Operation.CreateTaggedPair(device("wire"), trunk, new VlanId(5), 1500))))
                .extracting(Result::error)
                .containsExactly(ENODEV, EEXIST);
    }

    @Test
    void aWatchHearsOfLinksUntilItIsClosed() {
        Set<InterfaceName> heard = ConcurrentHashMap.newKeySet();
        var listener = new NetworkNamespace.Listener() {
            @Override
            public void changed(InterfaceName link) {
                heard.add(link);
            }

            @Override
            public void lost() {}
        };
        try (var watch = ns.watch(listener)) {
            apply(ns, bridge("brq1"));
            await().until(() -> heard.contains(device("brq1")));
            heard.clear();
            apply(ns, new Operation.DeleteLink(device("brq1")));
            await().until(() -> heard.contains(device("brq1")));
            assertThat(watch).isNotNull();
        }
        heard.clear();
        apply(ns, bridge("brq2"));
        assertThat(heard).isEmpty();
    }

    @Test
    void parametersBelongToTheNamespace() {
        NetworkNamespace other = scratch.namespace();
        ns.sysctl("net/ipv4/ip_forward", "1");
        other.sysctl("net/ipv4/ip_forward", "0");
        assertThat(ns.sysctl("net/ipv4/ip_forward")).contains("1");
        assertThat(other.sysctl("net/ipv4/ip_forward")).contains("0");
        assertThat(ns.sysctl("net/no/such/parameter")).isEmpty();
    }

    static Operation bridge(String name) {
        return new Operation.CreateBridge(device(name), 1500);
    }

    static Operation veth(String name, String peer) {
        return new Operation.CreateVeth(device(name), device(peer), "", null, 1500);
    }
}
