package io.isospin.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class HostJsonTest {
    private static final Arbitrary<ResourceId> IDS = Arbitraries.create(ResourceId::random);
    private static final Arbitrary<String> TEXTS = Arbitraries.strings().ofMaxLength(12);
    private static final Arbitrary<Boolean> FLAGS = Arbitraries.of(true, false);
    private static final Arbitrary<MacAddress> MACS =
            Arbitraries.longs().between(0, (1L << 48) - 1).map(MacAddress::new);
    private static final Arbitrary<IpAddress> ADDRESSES = Arbitraries.oneOf(
            Arbitraries.longs().between(0, 0xffff_ffffL).map(low -> new IpAddress(IpVersion.V4, 0, low)),
            Combinators.combine(Arbitraries.longs().greaterOrEqual(1), Arbitraries.longs())
                    .as((high, low) -> new IpAddress(IpVersion.V6, high, low)));
    private static final Arbitrary<IpPrefix> PREFIXES = ADDRESSES.flatMap(address -> Arbitraries.integers()
            .between(0, address.version().bits())
            .map(length -> IpPrefix.containing(address, length)));
    private static final Arbitrary<List<IpAddress>> ADDRESS_LISTS =
            ADDRESSES.list().ofMaxSize(3);

    private static final Arbitrary<Segment> SEGMENTS = Arbitraries.oneOf(
            TEXTS.map(Segment.Flat::new),
            Combinators.combine(
                            TEXTS, Arbitraries.integers().between(1, VlanId.MAX).map(VlanId::new))
                    .as(Segment.Vlan::new),
            Arbitraries.integers().between(1, Vni.MAX).map(Vni::new).map(Segment.Vxlan::new));

    private static final Arbitrary<Unit.HostRoute> ROUTES =
            Combinators.combine(PREFIXES, ADDRESSES).as(Unit.HostRoute::new);

    private static final Arbitrary<Unit.DhcpSubnet> SUBNETS = Combinators.combine(
                    IDS, PREFIXES, FLAGS, ADDRESSES.injectNull(.3), ADDRESSES.injectNull(.3), ADDRESS_LISTS)
            .flatAs((id, cidr, enabled, server, gateway, dns) -> Combinators.combine(
                            ROUTES.list().ofMaxSize(2), TEXTS.injectNull(.5), TEXTS.injectNull(.5))
                    .as((routes, mode, ra) ->
                            new Unit.DhcpSubnet(id, cidr, enabled, server, gateway, dns, routes, mode, ra)));

    private static final Arbitrary<Unit> UNITS = Arbitraries.oneOf(
            Combinators.combine(IDS, SEGMENTS, Arbitraries.integers().between(68, 65535), FLAGS)
                    .as(Unit.Network::new),
            Combinators.combine(IDS, IDS, MACS, ADDRESS_LISTS, TEXTS, FLAGS, FLAGS)
                    .as(Unit.Port::new),
            Combinators.combine(IDS, IDS, MACS, ADDRESS_LISTS, ADDRESSES).as(Unit.Peer::new),
            Combinators.combine(
                            IDS,
                            IDS,
                            MACS,
                            TEXTS,
                            Arbitraries.integers().between(68, 65535),
                            SUBNETS.list().ofMaxSize(2))
                    .as(Unit.Dhcp::new),
            Combinators.combine(
                            IDS,
                            IDS,
                            MACS,
                            Combinators.combine(IDS, ADDRESSES)
                                    .as(Unit.ReservedAddress::new)
                                    .list()
                                    .ofMaxSize(2),
                            TEXTS.injectNull(.5),
                            Combinators.combine(TEXTS, TEXTS, Arbitraries.of(4, 6))
                                    .as(Unit.ExtraOption::new)
                                    .list()
                                    .ofMaxSize(2),
                            TEXTS.injectNull(.3),
                            TEXTS.injectNull(.3))
                    .as(Unit.Reservation::new));

    @Provide
    Arbitrary<FeedMessage> messages() {
        var lists = UNITS.list().ofMaxSize(5);
        return Arbitraries.oneOf(
                lists.map(FeedMessage.Image::new),
                Combinators.combine(IDS, lists).as(FeedMessage.Network::new),
                UNITS.map(FeedMessage.Put::new),
                UNITS.map(unit -> new FeedMessage.Delete(unit.key())),
                Combinators.combine(TEXTS, Arbitraries.longs().greaterOrEqual(0))
                        .as(FeedMessage.At::new));
    }

    @Provide
    Arbitrary<Report> reports() {
        var agents = Combinators.combine(
                        TEXTS,
                        TEXTS,
                        Arbitraries.maps(TEXTS, TEXTS).ofMaxSize(3),
                        ADDRESSES.injectNull(.5),
                        TEXTS,
                        TEXTS,
                        Arbitraries.maps(TEXTS, Arbitraries.integers()).ofMaxSize(3),
                        Arbitraries.maps(TEXTS, TEXTS).ofMaxSize(3))
                .as(Report.Agent::new);
        var ports = Combinators.combine(IDS, Arbitraries.of(Report.Entity.class), FLAGS, TEXTS)
                .as(Report.PortReport::new);
        return Combinators.combine(
                        TEXTS,
                        agents.list().ofMaxSize(2),
                        ports.list().ofMaxSize(4),
                        wirings().injectNull(.3))
                .as(Report::new);
    }

    private static Arbitrary<HostWiring> wirings() {
        var numbers = Arbitraries.integers().between(1, 4000).injectNull(.5);
        var devices = Combinators.combine(
                        Combinators.combine(TEXTS, TEXTS, MACS.injectNull(.3), FLAGS, TEXTS.injectNull(.5))
                                .as(Named::new),
                        TEXTS.injectNull(.5),
                        numbers,
                        numbers,
                        ADDRESSES.injectNull(.5),
                        IDS.injectNull(.5),
                        TEXTS.list().ofMaxSize(2),
                        TEXTS.injectNull(.5))
                .as((named, parent, vlan, vni, local, port, addresses, peer) -> new HostWiring.Device(
                        named.name(),
                        named.kind(),
                        named.mac(),
                        1450,
                        named.up(),
                        named.master(),
                        parent,
                        vlan,
                        vni,
                        local,
                        port,
                        addresses,
                        peer));
        var services = Combinators.combine(TEXTS, FLAGS).as(HostWiring.Service::new);
        var namespaces = Combinators.combine(
                        TEXTS, devices.list().ofMaxSize(2), services.list().ofMaxSize(2))
                .as(HostWiring.Namespace::new);
        var parts = Combinators.combine(
                        IDS.injectNull(.3),
                        devices.list().ofMaxSize(3),
                        namespaces.list().ofMaxSize(2),
                        TEXTS.list().ofMaxSize(2))
                .as(HostWiring.Part::new);
        return Combinators.combine(
                        FLAGS,
                        parts.list()
                                .uniqueElements(part -> String.valueOf(part.network()))
                                .ofMaxSize(3))
                .as(HostWiring::new);
    }

    private record Named(
            String name,
            String kind,
            @Nullable MacAddress mac,
            boolean up,
            @Nullable String master) {}

    @Example
    void whatIsTooLargeIsNoReport() {
        var many = IntStream.range(0, HostWiring.MOST_DIFFERENCES + 1)
                .mapToObj(Integer::toString)
                .toList();
        assertThatThrownBy(() -> new HostWiring.Part(null, List.of(), List.of(), many))
                .hasMessage("'differences' holds 101, of at most 100");
        var part = new HostWiring.Part(null, List.of(), List.of(), List.of("a"));
        assertThatThrownBy(() -> new HostWiring(true, List.of(part, part))).hasMessage("'parts' holds a network twice");
        assertThatThrownBy(() -> new Report("h".repeat(256), List.of(), List.of(), null))
                .hasMessage("'host' is longer than 255 characters");
    }

    @Property(tries = 400)
    void messagesComeBackAndAreOneLine(@ForAll("messages") FeedMessage message) {
        assertThat(HostJson.text(message)).doesNotContain("\n");
        assertThat(HostJson.feedMessage(HostJson.text(message))).isEqualTo(message);
    }

    @Property(tries = 100)
    void reportsComeBack(@ForAll("reports") Report report) {
        assertThat(HostJson.report(HostJson.bytes(report))).isEqualTo(report);
    }

    @Property(tries = 100)
    void statesComeBack(@ForAll("messages") FeedMessage message) {
        var state = HostState.EMPTY.with(List.of(message, new FeedMessage.At("s", 7)));
        assertThat(HostJson.hostState(HostJson.bytes(state))).isEqualTo(state);
    }

    @Example
    void unknownFieldsAreSkipped() {
        assertThat(HostJson.feedMessage("{\"message\":\"at\",\"store\":\"s\",\"revision\":3,\"new\":{\"a\":[1,null]}}"))
                .isEqualTo(new FeedMessage.At("s", 3));
    }

    /** As the version before wrote it to an agent's file, and as its servers send it. */
    @Example
    void aReservationOfTheVersionBeforeIsReadAndKnownToBeIncomplete() {
        String reservation = "{\"unit\":\"reservation\",\"id\":\"00000004-0004-4000-8000-000000000004\",\"network\":"
                + "\"00000001-0001-4000-8000-000000000001\",\"mac\":\"fa:16:3e:00:00:04\",\"addresses\":[],"
                + "\"extra_options\":[]}";
        var state = HostJson.hostState(("{\"store\":\"s\",\"revision\":9,\"units\":[" + reservation + "]}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(state.namesDevices()).isFalse();
        assertThat(state.revision()).isEqualTo(9);
        assertThat(HostState.EMPTY.namesDevices()).isTrue();
        assertThat(HostJson.report(
                                "{\"host\":\"h\",\"agents\":[{\"type\":\"DHCP agent\",\"binary\":\"b\",\"bridge_mappings\":{},"
                                        .concat("\"started_at\":\"t\",\"counts\":{}}],\"ports\":[]}")
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .agents()
                        .getFirst()
                        .settings())
                .isEmpty();
    }

    @Example
    void whatIsWrongIsNamed() {
        Map.of(
                        "{\"message\":\"at\",\"store\":\"s\"}", "'revision' should be a number",
                        "{\"message\":\"other\"}", "'other' is not a kind of feed message",
                        "[]", "not a JSON object",
                        "{\"message\":", "not JSON",
                        "{\"message\":\"delete\",\"unit\":\"rock\",\"id\":\"x\"}", "'unit' can't be 'rock'")
                .forEach((line, message) -> assertThatThrownBy(() -> HostJson.feedMessage(line))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(message));
    }
}
