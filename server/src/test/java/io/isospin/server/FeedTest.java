package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    private static final String BRIDGE = "Linux bridge agent";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder, "[DEFAULT]", "dns_domain = example.org");
        api.report("compute01", BRIDGE, "");
        api.report("compute02", BRIDGE, "");
        api.report("controller01", "DHCP agent", "");
        api.report("controller01", BRIDGE, "");
    }

    @AfterEach
    void stop() {
        api.close();
        http.close();
    }

    /** A host that follows the feed in a thread of its own. */
    private final class Host implements AutoCloseable {
        private final InputStream stream;
        private final List<FeedMessage> lines = new ArrayList<>();
        private final List<FeedMessage> heard = new CopyOnWriteArrayList<>();
        private volatile HostState state;
        private volatile boolean sawImage;
        private volatile boolean closed;

        Host(String name, HostState from) throws IOException {
            state = from;
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.serverPort()
                            + "/isospin/agent/v1/hosts/" + name + "/feed?store=" + from.store() + "&revision="
                            + from.revision()))
                    .header("X-Isospin-Agent-Secret", "secret")
                    .build();
            try {
                stream = http.send(request, BodyHandlers.ofInputStream()).body();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Thread.ofVirtual().start(() -> follow(in));
        }

        private void follow(BufferedReader in) {
            try {
                in.lines().map(HostJson::feedMessage).forEach(this::take);
            } catch (UncheckedIOException e) {
                closed = true;
            }
        }

        private void take(FeedMessage message) {
            lines.add(message);
            heard.add(message);
            sawImage |= message instanceof FeedMessage.Image;
            if (message instanceof FeedMessage.At) {
                state = state.with(List.copyOf(lines));
                lines.clear();
            }
        }

        HostState state() {
            return state;
        }

        /** The name that DHCP gives to the one port there is; null for none. */
        @Nullable
        String name() {
            return state.all(Unit.Reservation.class)
                    .map(Unit.Reservation::dnsName)
                    .findFirst()
                    .orElse(null);
        }

        List<Unit.Kind> kinds() {
            return state.units().keySet().stream().map(Unit.Key::kind).sorted().toList();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    private String bind(String network, String host) {
        return api.port(network, "\"binding:host_id\": \"" + host + "\"")
                .path("id")
                .asString();
    }

    @Test
    void aHostHearsOfItsPortsAndOfTheirPeersElsewhere() throws IOException {
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "\"enable_dhcp\": false");
        try (var first = new Host("compute01", HostState.EMPTY);
                var second = new Host("compute02", HostState.EMPTY)) {
            bind(network, "compute01");
            await().untilAsserted(() -> assertThat(first.kinds()).containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT));
            assertThat(second.kinds()).isEmpty();
            String other = bind(network, "compute02");
            await().untilAsserted(() ->
                    assertThat(first.kinds()).containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT, Unit.Kind.PEER));
            await().untilAsserted(() ->
                    assertThat(second.kinds()).containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT, Unit.Kind.PEER));
            api.delete("/v2.0/ports/" + other);
            await().untilAsserted(() -> assertThat(second.kinds()).isEmpty());
            await().untilAsserted(() -> assertThat(first.kinds()).containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT));
        }
    }

    @Test
    void aPortThatMovesLeavesOneHostAndComesToTheOther() throws IOException {
        String network = api.network("");
        String port = bind(network, "compute01");
        try (var first = new Host("compute01", HostState.EMPTY);
                var second = new Host("compute02", HostState.EMPTY)) {
            api.put("/v2.0/ports/" + port, "{\"port\": {\"binding:host_id\": \"compute02\"}}");
            await().untilAsserted(() -> assertThat(first.kinds()).isEmpty());
            await().untilAsserted(() -> assertThat(second.kinds()).containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT));
        }
    }

    private static void assertPort(Host host, boolean standby, boolean peer) {
        await().untilAsserted(() -> {
            assertThat(host.state().all(Unit.Port.class))
                    .extracting(Unit.Port::standby)
                    .containsExactly(standby);
            assertThat(host.state().all(Unit.Peer.class)).hasSize(peer ? 1 : 0);
        });
    }

    @Test
    void aHostWiresAPortThatIsToMigrateThereAndTheOthersGoOnToTheOldOneUntilThen() throws IOException {
        String network = api.network("");
        api.report("compute03", BRIDGE, "");
        String port = api.port(network, "\"binding:host_id\": \"compute01\", \"device_owner\": \"compute:nova\"")
                .path("id")
                .asString();
        bind(network, "compute03");
        String bindings = "/v2.0/ports/" + port + "/bindings";
        try (var target = new Host("compute02", HostState.EMPTY);
                var source = new Host("compute01", HostState.EMPTY);
                var bystander = new Host("compute03", HostState.EMPTY)) {
            api.post(bindings, "{\"binding\": {\"host\": \"compute02\"}}");
            await().untilAsserted(() -> assertThat(target.kinds())
                    .containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT, Unit.Kind.PEER, Unit.Kind.PEER));
            assertThat(target.state().all(Unit.Port.class))
                    .allSatisfy(unit -> assertThat(unit.standby()).isTrue());
            assertPort(source, false, true);
            try (var again = new Host("compute02", HostState.EMPTY)) {
                await().untilAsserted(() -> assertThat(again.state().units())
                        .isEqualTo(target.state().units()));
            }
            var from = peer(bystander, port);
            api.put("/v2.0/ports/" + port, "{\"port\": {\"admin_state_up\": false}}");
            await().untilAsserted(() -> assertThat(target.state().all(Unit.Port.class))
                    .allSatisfy(unit -> assertThat(unit.adminUp()).isFalse()));
            assertThat(peer(bystander, port)).isEqualTo(from);

            api.put(bindings + "/compute02/activate", "{}");
            assertPort(target, false, true);
            await().untilAsserted(() -> assertThat(source.kinds()).isEmpty());
            await().untilAsserted(() -> assertThat(peer(bystander, port)).isNotEqualTo(from));
        }
    }

    private static @Nullable Unit peer(Host host, String port) {
        return host.state().units().get(new Unit.Key(Unit.Kind.PEER, new ResourceId(port)));
    }

    @Test
    void aHostForgetsAPortWhoseMigrationIsGivenUp() throws IOException {
        String network = api.network("");
        String port = api.port(network, "\"binding:host_id\": \"compute01\", \"device_owner\": \"compute:nova\"")
                .path("id")
                .asString();
        String bindings = "/v2.0/ports/" + port + "/bindings";
        try (var target = new Host("compute02", HostState.EMPTY)) {
            api.post(bindings, "{\"binding\": {\"host\": \"compute02\"}}");
            assertPort(target, true, true);
            api.delete(bindings + "/compute02");
            await().untilAsserted(() -> assertThat(target.kinds()).isEmpty());
            api.post(bindings, "{\"binding\": {\"host\": \"compute02\"}}");
            assertPort(target, true, true);
            api.delete("/v2.0/ports/" + port);
            await().untilAsserted(() -> assertThat(target.kinds()).isEmpty());
        }
    }

    @Test
    void theDhcpHostHearsOfNamesAsTheyChange() throws IOException {
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "");
        String port = api.port(network, "\"dns_name\": \"web\"").path("id").asString();
        try (var host = new Host("controller01", HostState.EMPTY)) {
            await().untilAsserted(() -> assertThat(host.name()).isEqualTo("web"));
            api.put("/v2.0/ports/" + port, "{\"port\": {\"dns_name\": \"db\"}}");
            await().untilAsserted(() -> assertThat(host.name()).isEqualTo("db"));
        }
    }

    @Test
    void theDhcpHostHearsWhosePortsAreAsTheyChange() throws IOException {
        String network = api.network("");
        try (var host = new Host("controller01", HostState.EMPTY)) {
            api.subnet(network, "10.0.0.0/24", "");
            var made = api.port(network, "\"device_id\": \"one\"");
            String port = made.path("id").asString();
            String project = made.path("project_id").asString();
            await().untilAsserted(() -> assertThat(host.state().all(Unit.Reservation.class))
                    .extracting(Unit.Reservation::deviceId, Unit.Reservation::projectId)
                    .containsExactly(tuple("one", project)));
            api.put("/v2.0/ports/" + port, "{\"port\": {\"device_id\": \"two\"}}");
            await().untilAsserted(() -> assertThat(host.state().all(Unit.Reservation.class))
                    .extracting(Unit.Reservation::deviceId)
                    .containsExactly("two"));
            api.put("/v2.0/ports/" + port, "{\"port\": {\"device_id\": \"\"}}");
            await().untilAsserted(() -> assertThat(host.state().all(Unit.Reservation.class))
                    .extracting(Unit.Reservation::deviceId)
                    .containsExactly(""));
            assertThat(host.state().namesDevices()).isTrue();
        }
    }

    @Test
    void theDhcpHostHearsOfSubnetsAndReservations() throws IOException {
        String network = api.network("");
        try (var host = new Host("controller01", HostState.EMPTY)) {
            String subnet = api.subnet(network, "10.0.0.0/24", "");
            api.port(network, "");
            await().untilAsserted(() -> assertThat(host.kinds())
                    .containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT, Unit.Kind.DHCP, Unit.Kind.RESERVATION));
            api.put("/v2.0/subnets/" + subnet, "{\"subnet\": {\"dns_nameservers\": [\"8.8.8.8\"]}}");
            await().untilAsserted(() -> assertThat(host.state().all(Unit.Dhcp.class))
                    .first()
                    .satisfies(dhcp ->
                            assertThat(dhcp.subnets().getFirst().dnsServers()).hasSize(1)));
            api.put("/v2.0/networks/" + network, "{\"network\": {\"admin_state_up\": false}}");
            await().untilAsserted(() -> assertThat(host.state().all(Unit.Network.class))
                    .allSatisfy(one -> assertThat(one.adminUp()).isFalse()));
        }
    }

    @Test
    void aHostWhoseDhcpAgentIsSwitchedOffServesNothingUntilItIsSwitchedOn() throws IOException {
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "");
        api.port(network, "");
        String agent = api.get("/v2.0/agents?binary=neutron-dhcp-agent")
                .at("/agents/0/id")
                .asString();
        try (var host = new Host("controller01", HostState.EMPTY)) {
            await().untilAsserted(() -> assertThat(host.kinds()).contains(Unit.Kind.DHCP, Unit.Kind.RESERVATION));
            api.put("/v2.0/agents/" + agent, "{\"agent\": {\"admin_state_up\": false}}");
            await().untilAsserted(() -> assertThat(host.kinds()).containsExactly(Unit.Kind.NETWORK, Unit.Kind.PORT));
            api.put("/v2.0/agents/" + agent, "{\"agent\": {\"admin_state_up\": true}}");
            await().untilAsserted(() -> assertThat(host.kinds()).contains(Unit.Kind.DHCP, Unit.Kind.RESERVATION));
        }
    }

    @Test
    void aHostJoinsANetworkOverTheFirstSegmentThatItReaches() throws IOException {
        String vxlan = "{\"provider:network_type\": \"vxlan\"}";
        String vlan = "{\"provider:network_type\": \"vlan\", \"provider:physical_network\": \"physnet2\"}";
        String over = api.network("\"segments\": [" + vlan + ", " + vxlan + "]");
        bind(over, "compute01");
        bind(over, "compute02");
        try (var host = new Host("compute01", HostState.EMPTY)) {
            await().untilAsserted(() -> assertThat(host.state().all(Unit.Network.class))
                    .allSatisfy(one -> assertThat(one.segment()).isInstanceOf(Segment.Vlan.class))
                    .hasSize(1));
            assertThat(host.kinds()).as("no peers over a VLAN").doesNotContain(Unit.Kind.PEER);
        }
    }

    @Test
    void aHostThatComesBackHearsOnlyWhatItMissed() throws IOException {
        String network = api.network("");
        String first = bind(network, "compute01");
        HostState before;
        try (var host = new Host("compute01", HostState.EMPTY)) {
            await().until(() -> !host.kinds().isEmpty());
            before = host.state();
        }
        String other = api.network("");
        bind(other, "compute01");
        api.delete("/v2.0/ports/" + first);
        try (var host = new Host("compute01", before)) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(host.state().all(Unit.Network.class))
                            .extracting(one -> one.id().value())
                            .containsExactly(other));
            assertThat(host.sawImage).isFalse();
        }
        try (var stranger = new Host("compute01", new HostState("another-store", 7, before.units()))) {
            await().until(() -> stranger.sawImage && !stranger.closed);
        }
    }

    private void reportDevices(String network, String difference) {
        var answer = api.send(
                "POST",
                "/isospin/agent/v1/report",
                "{\"host\":\"compute01\",\"agents\":[],\"ports\":[],\"wiring\":{\"whole\":false,\"parts\":[{"
                        + "\"network_id\":\"" + network + "\",\"interfaces\":[],\"namespaces\":[],\"differences\":[\""
                        + difference + "\"]}]}}",
                "X-Isospin-Agent-Secret",
                "secret");
        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void whatHostsReportOfTheirDevicesIsNothingToTellThem() throws IOException {
        String network = api.network("");
        bind(network, "compute01");
        HostState before;
        try (var host = new Host("compute01", HostState.EMPTY)) {
            await().until(() -> host.kinds().contains(Unit.Kind.PORT));
            int heard = host.heard.size();
            reportDevices(network, "a");
            bind(api.network(""), "compute01");
            await().until(() -> host.state().all(Unit.Network.class).count() == 2);
            assertThat(host.heard.subList(heard, host.heard.size()))
                    .noneMatch(message -> message instanceof FeedMessage.Network(var id, var units)
                            && id.value().equals(network));
            before = host.state();
        }
        reportDevices(network, "b");
        try (var host = new Host("compute01", before)) {
            await().until(() -> !host.heard.isEmpty());
            assertThat(host.heard).as("what it missed").hasOnlyElementsOfType(FeedMessage.At.class);
        }
    }

    @Test
    void aHostHearsSignsOfLifeThoughWhatHappensIsNothingToTellIt() throws IOException {
        String network = api.network("");
        try (var host = new Host("compute01", HostState.EMPTY)) {
            await().until(() -> !host.heard.isEmpty());
            int heard = host.heard.size();
            var difference = new AtomicInteger();
            await("two signs of life")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        reportDevices(network, "d" + difference.incrementAndGet());
                        return host.heard.size() >= heard + 2;
                    });
            assertThat(host.heard.size() - heard).as("of so many changes").isLessThan(difference.get() / 2);
        }
    }
}
